// What the page needs besides what is drawn on it: its name as its first heading, and a new run
// when the reader turns to another theme, because the charts are drawn in the theme's ink. Drawn
// inside another site's page it hides itself, so that no click meant for that page lands here.
const FRAMED = window.top !== window.self;

function hide() {
  document.body.inert = true;
  document.body.style.display = "none";
  if (document.getElementById("argmap-framed")) return;
  const note = document.createElement("a");
  note.id = "argmap-framed";
  note.href = location.href;
  note.target = "_blank";
  note.rel = "noopener";
  note.textContent = "Argument Mapper does not open inside another page. Open it by itself.";
  note.style.cssText = "position: fixed; inset: 2rem auto auto 2rem; font: 1rem sans-serif;";
  document.documentElement.append(note);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const heading = parentElement.querySelector("h1");
  if (heading.textContent !== data.title) heading.textContent = data.title;
  heading.dataset.theme = data.theme || "";
  if (FRAMED) hide();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // Streamlit hears of the change as well, and tells the server of its theme with the next run.
  const turned = () => setTimeout(() => setTriggerValue("theme", String(dark.matches)), 250);
  dark.addEventListener("change", turned);
  return () => dark.removeEventListener("change", turned);
}
