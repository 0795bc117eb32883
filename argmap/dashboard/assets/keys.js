// Hears single keys anywhere on the page, but not while the reader types in a field or chooses
// in a list, and not with Ctrl, Alt or Meta, which belong to the browser.
const TYPES = new Set(["button", "checkbox", "radio", "reset", "submit"]);
const LISTS = "[role=combobox], [role=listbox], [role=menu], [role=textbox], [role=dialog]";

function typing(target) {
  if (!(target instanceof Element)) return false;
  if (target.tagName === "INPUT") return !TYPES.has(target.type);
  if (target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  return target.isContentEditable || target.closest(LISTS) !== null;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const hear = (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (typing(event.composedPath()[0])) return;
    const said = Object.hasOwn(data.keys, event.key) ? data.keys[event.key] : undefined;
    if (said === undefined) return;
    event.preventDefault();
    setTriggerValue("pressed", said);
  };
  document.addEventListener("keydown", hear);
  parentElement.querySelector("span").dataset.listening = "";
  return () => document.removeEventListener("keydown", hear);
}
