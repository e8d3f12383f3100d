extension StatusPage {
    /// The page's style: the system's font and colours, light and dark, states told by word and colour.
    static let style = """
        :root { color-scheme: light dark; --line: #d8dce2; --soft: #5d6672; --back: #fff; --ink: #1b2027;
          --head: #f6f7f9; --green: #14692f; --blue: #0b56b3; --amber: #7d5200; --red: #b0231b; --grey: #5d6672; }
        @media (prefers-color-scheme: dark) { :root { --line: #333a44; --soft: #9aa4b1; --back: #14171b;
          --ink: #e4e8ed; --head: #1b1f25; --green: #6fcf8b; --blue: #7db7ff; --amber: #e8b65a; --red: #ff8f85;
          --grey: #9aa4b1; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; background: var(--back); color: var(--ink);
          font: 15px/1.5 system-ui, sans-serif; }
        header { display: flex; gap: 1rem; align-items: baseline; }
        h1 { font-size: 1.4rem; margin: 0; }
        h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
        small, .at, .empty, .none, .previews, #live { color: var(--soft); font-weight: normal; font-size: .85rem; }
        #live { margin: 0; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; min-width: 40rem; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border: 1px solid var(--line); }
        thead th { background: var(--head); position: sticky; top: 0; }
        tbody th { font-weight: 600; white-space: nowrap; }
        .state { display: inline-block; font-weight: 600; padding: 0 .5rem; border: 1px solid currentColor;
          border-radius: 1rem; font-size: .8rem; }
        .synced { color: var(--green); } .progressing { color: var(--blue); }
        .waiting, .held, .blocked { color: var(--amber); } .failed { color: var(--red); }
        .absent { color: var(--grey); }
        .build { margin-left: .4rem; white-space: nowrap; } .wanted { color: var(--soft); }
        .mark { font-size: .8rem; font-weight: 600; color: var(--amber); border-bottom: 1px dotted currentColor; }
        code, pre { font: .85em/1.4 ui-monospace, monospace; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0 0; }
        .reason { margin: .3rem 0 0; color: var(--soft); font-size: .85rem; max-width: 40rem; overflow-wrap: anywhere; }
        .error { border-left: 4px solid var(--red); padding: .5rem .75rem; background: var(--head);
          overflow-wrap: anywhere; }
        .error strong { color: var(--red); }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        :focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
        """

    /// Follows `/events` and puts the newest tables in place of the old ones, keeping what was unfolded.
    static let script = """
        (function () {
          var live = document.getElementById('live'), due = false, busy = false;
          function unfolded(root) {
            return Array.prototype.map.call(root.querySelectorAll('details[open]'), function (e) {
              return e.dataset.key; });
          }
          function refresh() {
            if (busy) { due = true; return; }
            busy = true; due = false;
            fetch('/tables', { headers: { Accept: 'text/html' } }).then(function (answer) {
              if (!answer.ok) { throw new Error(answer.status); }
              return answer.text();
            }).then(function (text) {
              var next = new DOMParser().parseFromString(text, 'text/html').getElementById('status');
              var old = document.getElementById('status'), open = unfolded(old);
              if (!next) { return; }
              next.querySelectorAll('details').forEach(function (e) {
                if (open.indexOf(e.dataset.key) >= 0) { e.open = true; } });
              old.replaceWith(document.adoptNode(next));
              live.textContent = 'live';
            }).catch(function () { live.textContent = 'connecting again'; }).then(function () {
              setTimeout(function () { busy = false; if (due) { refresh(); } }, 300);
            });
          }
          var events = new EventSource('/events');
          events.addEventListener('status', refresh);
          events.onopen = refresh;
          events.onerror = function () { live.textContent = 'connecting again'; };
        })();
        """
}
