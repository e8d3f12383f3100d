extension StatusPage {
    /// The page around the tables; `{{x}}` is escaped, `{{{x}}}` is only used for our own.
    static let pageSource = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Ocuroot status</title>
        <link rel="icon" href="data:,">
        <style nonce="{{nonce}}">{{{style}}}</style>
        </head>
        <body>
        <header>
        <h1>Ocuroot</h1>
        <p id="live" role="status"></p>
        </header>
        {{{main}}}
        <noscript><p class="empty">Reload the page to see news; with JavaScript it follows by itself.</p></noscript>
        <script nonce="{{nonce}}">{{{script}}}</script>
        </body>
        </html>

        """

    /// The tables, which the page's script fetches anew.
    static let mainSource = """
        <main id="status">
        <p class="tally">{{#tally}}<span class="state {{state}}">{{count}} {{state}}</span> {{/tally}}
        <span class="at">as of <time datetime="{{at}}">{{clock}}</time></span></p>
        {{#isEmpty}}
        <p class="empty">No repository is watched yet. Add one: <code>ocuroot repo add URL</code></p>
        {{/isEmpty}}
        {{#sections}}
        <section aria-labelledby="repo-{{number}}">
        <h2 id="repo-{{number}}">{{name}} <small>{{url}}</small></h2>
        {{#error}}
        <div class="error"><strong>Error:</strong>
        {{#isShort}}{{text}}{{/isShort}}
        {{#isLong}}<details data-key="repo {{name}}"><summary>{{summary}}</summary><pre>{{text}}</pre>\
        </details>{{/isLong}}
        </div>
        {{/error}}
        {{#hasPreviews}}
        <p class="previews">Previews:
        {{#previews}}<span>{{branch}} in <code>{{environment}}</code></span> {{/previews}}</p>
        {{/hasPreviews}}
        {{#previewErrors}}
        <div class="error"><strong>Error in the preview of {{branch}}:</strong>
        {{#isShort}}{{text}}{{/isShort}}
        {{#isLong}}<details data-key="preview {{name}} {{branch}}"><summary>{{summary}}</summary><pre>{{text}}</pre>\
        </details>{{/isLong}}
        </div>
        {{/previewErrors}}
        {{#problems}}
        <div class="error"><strong>Not applied:</strong> {{text}}</div>
        {{/problems}}
        {{#hasPackages}}
        <div class="scroll" tabindex="0" role="region" aria-labelledby="repo-{{number}}">
        <table>
        <caption class="hidden">Packages of {{name}} by environment</caption>
        <thead><tr><th scope="col">Package</th>{{#environments}}<th scope="col">{{.}}</th>{{/environments}}\
        </tr></thead>
        <tbody>
        {{#rows}}
        <tr id="{{key}}"><th scope="row">{{package}}</th>
        {{#cells}}
        <td data-environment="{{environment}}"{{#isPresent}} id="{{key}}"{{/isPresent}}>
        {{#isPresent}}
        <span class="state {{state}}">{{state}}</span>
        {{#runs}}<span class="build" title="{{id}}, commit {{fullCommit}}, since {{clock}}">{{label}} \
        <code>{{commit}}</code></span>{{/runs}}
        {{#wants}}<span class="build wanted" title="{{id}}, commit {{fullCommit}}, wanted since {{clock}}">\
        <span aria-hidden="true">→</span><span class="hidden">should run</span> {{label}} <code>{{commit}}\
        </code></span>{{/wants}}
        {{#marks}}<span class="mark" title="{{sentence}}">{{word}}</span> {{/marks}}
        {{#reason}}
        {{#isShort}}<p class="reason">{{text}}</p>{{/isShort}}
        {{#isLong}}<details class="reason" data-key="{{key}}"><summary>{{summary}}</summary><pre>{{text}}</pre>\
        </details>{{/isLong}}
        {{/reason}}
        {{/isPresent}}
        {{^isPresent}}<span class="none">not here</span>{{/isPresent}}
        </td>
        {{/cells}}
        </tr>
        {{/rows}}
        </tbody>
        </table>
        </div>
        {{/hasPackages}}
        {{^hasPackages}}
        <p class="empty">No packages yet.</p>
        {{/hasPackages}}
        </section>
        {{/sections}}
        </main>

        """
}
