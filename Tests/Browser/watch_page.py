"""Opens a page in Chromium and waits, without reloading, until one text in its table gives way to another.

    watch_page.py URL BEFORE AFTER

Prints `open` once BEFORE is shown, and exits with 0 when AFTER is shown in its place within a minute.
"""
import sys

from playwright.sync_api import sync_playwright


def main(url, before, after):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        navigations = []
        page.on("framenavigated", lambda frame: navigations.append(frame.url))
        page.goto(url)
        page.get_by_text(before).first.wait_for(timeout=30_000)
        print("open", flush=True)
        page.get_by_text(after).first.wait_for(timeout=60_000)
        browser.close()
        if len(navigations) != 1:
            sys.exit(f"the page was loaded {len(navigations)} times")
        if problems:
            sys.exit(f"the browser complained: {problems}")


main(*sys.argv[1:])
