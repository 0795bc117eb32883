"use strict";
// Draws the charts in the ink of the page, and takes a click on a node to its place.
(function () {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const config = {
    displaylogo: false,
    displayModeBar: "hover",
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
    responsive: true,
    showLink: false,
  };

  function ink(printing) {
    return dark.matches && !printing ? "#e9e7e2" : "#1f2328";
  }

  function coloured(layout, printing) {
    const colour = ink(printing);
    const bar = { bgcolor: "rgba(0,0,0,0)", color: "rgba(128,128,128,0.8)" };
    return Object.assign({}, layout, {
      // The tree's labels are laid out for letters no wider than these.
      font: Object.assign({}, layout.font, {
        color: colour,
        family: "Arial, 'Helvetica Neue', 'Liberation Sans', sans-serif",
      }),
      modebar: bar,
      autosize: true,
    });
  }

  function recolour(printing) {
    const change = { "font.color": ink(printing) };
    for (const name of Object.keys(charts)) {
      Plotly.relayout(name, change);
      Plotly.Plots.resize(name);
    }
  }

  for (const [name, chart] of Object.entries(charts)) {
    const place = document.getElementById(name);
    Plotly.newPlot(place, chart.data, coloured(chart.layout, false), config);
    if (chart.nodes) {
      place.on("plotly_click", function (event) {
        for (const point of event.points) {
          const id = [point.customdata].flat()[0];
          if (Object.hasOwn(chart.nodes, id)) {
            const motion = document.getElementById("show-" + name.split("-")[1]);
            if (motion) motion.checked = true;
            location.hash = chart.nodes[id];
            return;
          }
        }
      });
    }
  }

  dark.addEventListener("change", function () { recolour(false); });
  let closed = [];
  window.addEventListener("beforeprint", function () {
    // On paper nothing can be opened.
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of closed) one.open = true;
    recolour(true);
  });
  window.addEventListener("afterprint", function () {
    for (const one of closed) one.open = false;
    recolour(false);
  });
})();
