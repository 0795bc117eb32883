// The tree view pattern of the WAI-ARIA Authoring Practices Guide: one stop for the Tab key, then
// up and down through what is open, right and left to open and close or to go in and out, Home
// and End, Enter to open the sentence, Space to choose it and stay, letters to jump by.
const ROLES = new Set(["tree", "treeitem", "group"]);
const TYPED_MS = 700;

function describe(element, node) {
  if (node.act) {
    element.dataset.act = node.act[0];
    element.dataset.to = node.act[1];
    if (node.t !== "button") element.setAttribute("aria-hidden", "true");
  }
  if (!ROLES.has(node.role)) return;
  element.setAttribute("role", node.role);
  if (node.level) element.setAttribute("aria-level", String(node.level));
  if (node.expanded) element.setAttribute("aria-expanded", String(node.expanded === "true"));
  if (node.place) {
    element.setAttribute("aria-posinset", String(node.place[0]));
    element.setAttribute("aria-setsize", String(node.place[1]));
  }
  if (node.role === "treeitem") element.setAttribute("aria-selected", String(Boolean(node.current)));
}

function itemsOf(tree) {
  return [...tree.querySelectorAll("[role=treeitem]")];
}

function inSight(tree) {
  return itemsOf(tree).filter(
    (item) => !item.parentElement.closest('[role=treeitem][aria-expanded="false"]'),
  );
}

// Only the item with the focus, and the links in its own row, are stops for the Tab key.
function rove(tree, item) {
  for (const other of tree.querySelectorAll("[tabindex]")) other.tabIndex = -1;
  item.tabIndex = 0;
  for (const link of item.querySelectorAll("button")) {
    if (link.closest("[role=treeitem]") === item) link.tabIndex = 0;
  }
}

function goTo(item) {
  if (!item) return;
  item.focus({ preventScroll: true });
  const row = (item.querySelector(".node") || item).getBoundingClientRect();
  if (row.top < 90 || row.bottom > innerHeight) {
    (item.querySelector(".node") || item).scrollIntoView({ block: "center" });
  }
}

function prepareTree(tree, onPick, onAct) {
  const items = itemsOf(tree);
  items.forEach((item, index) => {
    item.tabIndex = -1;
    const row = item.querySelector(".node");
    if (row) {
      row.id = `row-${index}`;
      item.setAttribute("aria-labelledby", row.id);
    }
    for (const link of item.querySelectorAll("button")) link.tabIndex = -1;
  });
  const first = items.find((item) => item.getAttribute("aria-selected") === "true") || items[0];
  if (first) rove(tree, first);

  let typed = "";
  let typedAt = 0;

  function turn(item) {
    const open = item.getAttribute("aria-expanded") === "true";
    // What is closed is gone at once; what is opened has to be fetched.
    if (open || item.querySelector("[role=treeitem]")) {
      item.setAttribute("aria-expanded", String(!open));
    }
    onAct([open ? "close" : "open", item.dataset.key]);
  }

  function jump(key) {
    const target = itemsOf(tree).find((item) => item.dataset.key === key);
    if (target && inSight(tree).includes(target)) goTo(target);
    else onAct(["jump", key]);
  }

  function byLetters(item, letter, at) {
    typed = at - typedAt > TYPED_MS ? letter : typed + letter;
    typedAt = at;
    const every = inSight(tree);
    const start = every.indexOf(item) + (typed.length === 1 ? 1 : 0);
    const order = [...every.slice(start), ...every.slice(0, start)];
    const begins = (found) =>
      [...found.querySelectorAll(":scope > .node > .said, :scope > .node > .heard")].some((part) =>
        part.textContent.trim().toLowerCase().startsWith(typed),
      );
    goTo(order.find(begins));
  }

  tree.addEventListener("focusin", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (item) rove(tree, item);
  });
  tree.addEventListener("click", (event) => {
    const item = event.target.closest("[role=treeitem]");
    const act = event.target.closest("[data-act]");
    if (!item) return;
    item.focus({ preventScroll: true });
    if (act && act.dataset.act === "jump") jump(act.dataset.to);
    else if (act) turn(item);
    else onPick(item.dataset.key);
  });
  tree.addEventListener("keydown", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    const every = inSight(tree);
    const at = every.indexOf(item);
    const state = item.getAttribute("aria-expanded");
    const over = item.parentElement.closest("[role=treeitem]");
    const onItem = event.target === item;
    if (event.key === "ArrowDown") goTo(every[at + 1]);
    else if (event.key === "ArrowUp") goTo(every[at - 1]);
    else if (event.key === "Home") goTo(every[0]);
    else if (event.key === "End") goTo(every[every.length - 1]);
    else if (event.key === "ArrowRight") {
      if (state === "false") turn(item);
      else if (state === "true") goTo(item.querySelector("[role=treeitem]"));
    } else if (event.key === "ArrowLeft") {
      if (state === "true") turn(item);
      else goTo(over);
    } else if (event.key === "Enter" && onItem) onPick(item.dataset.key);
    else if (event.key === " " && onItem && event.timeStamp - typedAt > TYPED_MS) {
      onAct(["peek", item.dataset.key]);
    } else if (event.key.length === 1 && onItem) {
      byLetters(item, event.key.toLowerCase(), event.timeStamp);
    } else return;
    event.preventDefault();
  });
}
