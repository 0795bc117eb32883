"""Where on a page a node of a chart is drawn."""

from __future__ import annotations

from playwright.sync_api import Page

_FIRST_STATEMENT = """(selector) => {
  const plot = document.querySelector(selector);
  plot.scrollIntoView();
  for (const trace of plot.data) {
    const ids = trace.customdata || [];
    for (let i = 0; i < ids.length; i++) {
      const id = [ids[i]].flat()[0];
      if (String(id).startsWith('u')) {
        const box = plot.getBoundingClientRect();
        const {xaxis, yaxis} = plot._fullLayout;
        return {id, x: box.left + xaxis._offset + xaxis.d2p(trace.x[i]),
                y: box.top + yaxis._offset + yaxis.d2p(trace.y[i])};
      }
    }
  }
}"""

_NODE = """([selector, id]) => {
  const plot = document.querySelector(selector);
  const main = document.querySelector('[data-testid=stMain]');
  for (const trace of plot.data) {
    const i = (trace.customdata || []).findIndex((own) => [own].flat()[0] === id);
    if (i < 0) continue;
    const {xaxis, yaxis} = plot._fullLayout;
    const down = yaxis._offset + yaxis.d2p(trace.y[i]);
    main.scrollTop += plot.getBoundingClientRect().top + down - innerHeight / 2;
    const box = plot.getBoundingClientRect();
    return {x: box.left + xaxis._offset + xaxis.d2p(trace.x[i]), y: box.top + down};
  }
}"""


def click_node(page: Page, plot: str, node: str) -> None:
    """Click the node, or the handle, of that id in the tree that the selector names."""
    at = page.evaluate(_NODE, [plot, node])
    assert at is not None, f"{node} is not drawn"
    page.mouse.move(at["x"], at["y"])
    page.mouse.click(at["x"], at["y"])


def click_first_statement(page: Page, plot: str) -> str:
    """Click the first statement's node in the tree that the selector names; gives its id."""
    at = page.evaluate(_FIRST_STATEMENT, plot)
    page.mouse.move(at["x"], at["y"])
    page.mouse.click(at["x"], at["y"])
    return str(at["id"])
