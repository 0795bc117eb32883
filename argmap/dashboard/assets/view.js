// Builds the tree that view.py describes. Text goes in as text nodes and tags and attributes
// come from the lists below, so no string from a document is ever parsed as HTML.
const TAGS = new Set([
  "a", "article", "blockquote", "button", "code", "dd", "details", "div", "dl", "dt", "em", "h2",
  "h3", "h4", "li", "mark", "ol", "p", "section", "small", "span", "strong", "summary",
  "table", "tbody", "td", "th", "thead", "tr", "ul",
]);

function build(node, onPick) {
  if (typeof node === "string") return document.createTextNode(node);
  const element = document.createElement(TAGS.has(node.t) ? node.t : "span");
  if (node.c) element.className = node.c;
  if (node.key) element.dataset.key = node.key;
  if (node.label) element.setAttribute("aria-label", node.label);
  // A name is only heard of what has a role.
  if (node.t === "div" && node.label) element.setAttribute("role", node.scroll ? "region" : "group");
  if (node.note) element.title = node.note;
  if (node.share !== undefined) element.style.setProperty("--share", String(Number(node.share)));
  if (node.current) element.setAttribute("aria-current", "true");
  if (node.open) element.open = true;
  if (node.t === "a" && /^https?:\/\//i.test(node.href || "")) {
    element.href = node.href;
    element.target = "_blank";
    element.rel = "noopener noreferrer";
  }
  describe(element, node);
  if (node.scroll) {
    element.dataset.scroll = "";
    element.tabIndex = 0;
  }
  if (node.pick) {
    element.dataset.pick = node.pick;
    if (node.t !== "button") {
      element.tabIndex = 0;
      element.setAttribute("role", "button");
    } else {
      element.type = "button";
    }
    element.addEventListener("click", () => onPick(node.pick));
    element.addEventListener("keydown", (event) => {
      if (node.t !== "button" && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        onPick(node.pick);
      }
    });
  }
  for (const child of node.k || []) element.append(build(child, onPick));
  return element;
}

function byKey(root, key) {
  return [...root.querySelectorAll("[data-key]")].find((found) => found.dataset.key === key);
}

// Whence the keyboard was taken to what was chosen; Escape leads back. All views share it.
let cameFrom = null;

function focused() {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

function goBack(event) {
  if (event.key !== "Escape" || !cameFrom) return;
  const back = byKey(cameFrom.root, cameFrom.key);
  if (!back) return;
  event.stopPropagation();
  back.scrollIntoView({ block: "nearest" });
  back.focus({ preventScroll: true });
}

// The page moves only as far as it must: a box that scrolls takes the movement on itself.
function reveal(root, key) {
  const target = byKey(root, key);
  if (!target) return;
  const from = focused();
  const view = from && from.closest(".view");
  if (view && view !== root && from.dataset.key) cameFrom = { root: view, key: from.dataset.key };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = calm ? "auto" : "smooth";
  const box = target.closest("[data-scroll]");
  if (box) {
    const offset = target.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += offset - box.clientHeight / 3;
    box.scrollIntoView({ block: "nearest", behavior });
  } else {
    const place = target.getBoundingClientRect();
    // What stays at the top of the page covers that much.
    if (place.top < 150 || place.bottom > innerHeight) {
      target.scrollIntoView({ block: "center", behavior });
    }
  }
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".view");
  root.onkeydown = goBack;
  const drawn = JSON.stringify(data.nodes);
  if (root.drawn !== drawn) {
    root.drawn = drawn;
    const active = parentElement.activeElement || root.getRootNode().activeElement;
    const focused = active && root.contains(active) ? active.dataset.key : undefined;
    const boxes = [...root.querySelectorAll("[data-scroll]")].map((box) => box.scrollTop);
    const opened = [...root.querySelectorAll("details[data-key]")].map((d) => [d.dataset.key, d.open]);
    const onPick = (value) => setTriggerValue("picked", value);
    const onAct = (value) => setTriggerValue("acted", value);
    root.replaceChildren(...data.nodes.map((node) => build(node, onPick)));
    for (const tree of root.querySelectorAll("[role=tree]")) prepareTree(tree, onPick, onAct);
    [...root.querySelectorAll("[data-scroll]")].forEach((box, index) => {
      if (boxes[index] !== undefined) box.scrollTop = boxes[index];
    });
    for (const [key, open] of opened) {
      const found = byKey(root, key);
      if (found) found.open = open;
    }
    const again = focused && byKey(root, focused);
    if (again) again.focus({ preventScroll: true });
  }
  if (data.reveal && root.revealed !== data.reveal.token) {
    root.revealed = data.reveal.token;
    requestAnimationFrame(() => reveal(root, data.reveal.key));
  }
}
