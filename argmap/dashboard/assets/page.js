// What the page needs besides what is drawn on it: its name as its first heading, and a new run
// when the reader turns to another theme, because the charts are drawn in the theme's ink.
export default function ({ parentElement, data, setTriggerValue }) {
  const heading = parentElement.querySelector("h1");
  if (heading.textContent !== data.title) heading.textContent = data.title;
  heading.dataset.theme = data.theme || "";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // Streamlit hears of the change as well, and tells the server of its theme with the next run.
  const turned = () => setTimeout(() => setTriggerValue("theme", String(dark.matches)), 250);
  dark.addEventListener("change", turned);
  return () => dark.removeEventListener("change", turned);
}
