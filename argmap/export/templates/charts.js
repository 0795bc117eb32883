"use strict";
// Draws the charts, and saves each as a picture when its button is pressed.
(function () {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const family = "Arial, 'Helvetica Neue', 'Liberation Sans', sans-serif";

  function ink() {
    return dark.matches ? "#e9e7e2" : "#1f2328";
  }

  for (const [name, chart] of Object.entries(charts)) {
    const font = Object.assign({}, chart.layout.font, { color: ink(), family: family });
    const layout = Object.assign({}, chart.layout, { font: font, autosize: true });
    Plotly.newPlot(name, chart.data, layout, { displayModeBar: false, responsive: true });
  }
  dark.addEventListener("change", function () {
    for (const name of Object.keys(charts)) Plotly.relayout(name, { "font.color": ink() });
  });

  for (const button of document.querySelectorAll("button[data-chart]")) {
    button.addEventListener("click", function () {
      const name = button.dataset.chart;
      const place = document.getElementById(name);
      const chart = charts[name];
      // A picture is pasted onto white more often than not.
      const font = Object.assign({}, chart.layout.font, { color: "#1f2328", family: family });
      const layout = Object.assign({}, chart.layout, { font: font, paper_bgcolor: "#ffffff" });
      Plotly.downloadImage({ data: chart.data, layout: layout }, {
        format: button.dataset.format,
        filename: name,
        width: place.clientWidth,
        height: place.clientHeight,
        scale: button.dataset.format === "png" ? 2 : 1,
      });
    });
  }
})();
