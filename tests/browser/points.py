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


_IDS = """(selector) => document.querySelector(selector).data.flatMap(
  (trace) => (trace.customdata || []).map((id) => [id].flat()[0])
)"""
# The tree is taller than the window: the page is scrolled until the node is in the midst of it.
_PLACE = """([selector, wanted]) => {
  const plot = document.querySelector(selector);
  const {xaxis, yaxis} = plot._fullLayout;
  for (const trace of plot.data) {
    const i = (trace.customdata || []).findIndex((id) => [id].flat()[0] === wanted);
    if (i < 0) continue;
    const y = () => plot.getBoundingClientRect().top + yaxis._offset + yaxis.d2p(trace.y[i]);
    document.querySelector('[data-testid=stMain]').scrollBy(0, y() - innerHeight / 2);
    return [plot.getBoundingClientRect().left + xaxis._offset + xaxis.d2p(trace.x[i]), y()];
  }
}"""


def node_ids(page: Page, plot: str) -> list[str]:
    """The ids of the nodes that can be clicked, in the order in which they are drawn."""
    return [str(own) for own in page.evaluate(_IDS, plot)]


def place_of(page: Page, plot: str, own: str) -> tuple[float, float]:
    """Bring a node into sight; gives where it is in the window, in pixels."""
    x, y = page.evaluate(_PLACE, [plot, own])
    return float(x), float(y)
