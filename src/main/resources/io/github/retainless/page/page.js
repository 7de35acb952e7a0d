"use strict";
(() => {
  const KIBI = 1024;
  const sizes = ["B", "KiB", "MiB", "GiB", "TiB"];

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const count = n => n == null ? "–" : n.toLocaleString("en-US");
  const bytes = n => {
    if (n == null) return "–";
    let unit = 0;
    while (Math.abs(n) >= KIBI && unit < sizes.length - 1) {
      n /= KIBI;
      unit++;
    }
    return (unit === 0 ? Math.round(n) : n.toFixed(1)) + " " + sizes[unit];
  };
  // The oldest are the darkest: what stays at the bottom of a leak catches the eye.
  const shade = (i, of) => `hsl(${210 + 60 * i / Math.max(1, of - 1)} 65% ${32 + 38 * i / Math.max(1, of - 1)}%)`;

  const axis = (over) => Object.assign({
    stroke: colour("--text"),
    grid: {stroke: colour("--line"), width: 1},
    ticks: {stroke: colour("--line"), width: 1},
    font: "12px system-ui, sans-serif",
    labelFont: "12px system-ui, sans-serif",
  }, over);
  const base = (width, height, over) => Object.assign({
    width, height,
    scales: {x: {time: false}},
    cursor: {drag: {x: false, y: false}},
  }, over);

  const kinds = {
    spark(box, data, width, height) {
      return [base(width, height, {
        legend: {show: false},
        cursor: {show: false},
        axes: [{show: false}, {show: false}],
        scales: {x: {time: false}, y: {range: (u, low, high) => [0, Math.max(1, high)]}},
        series: [{}, {stroke: colour("--accent"), width: 1.5, points: {show: false}}],
      }), [data.failures, data.retained]];
    },

    growth(box, data, width, height) {
      return [base(width, height, {
        scales: {
          x: {time: false},
          y: {range: (u, low, high) => [0, Math.max(1, high)]},
          bytes: {range: (u, low, high) => [0, Math.max(1, high)]},
        },
        axes: [
          axis({label: data.attempts, values: (u, ticks) => ticks.map(count)}),
          axis({label: "retained", size: 60, values: (u, ticks) => ticks.map(n => n % 1 ? "" : count(n))}),
          axis({scale: "bytes", side: 1, size: 80, label: "footprint", grid: {show: false}, values: (u, ticks) => ticks.map(bytes)}),
        ],
        series: [
          {label: data.attempts, value: (u, n) => count(n)},
          {label: "retained", stroke: colour("--accent"), width: 2, points: {show: true, size: 7, fill: colour("--accent")}, value: (u, n) => count(n)},
          {label: "footprint", scale: "bytes", stroke: colour("--second"), width: 2, dash: [6, 4], points: {show: true, size: 6}, value: (u, n) => bytes(n)},
          {label: "collections", scale: "none", show: true, stroke: "transparent", points: {show: false}, value: (u, n) => count(n)},
        ],
      }), [data.failures, data.retained, data.bytes, data.collections]];
    },

    cohorts(box, data, width, height) {
      const of = data.cohorts.length;
      const sums = data.failures.map(() => 0);
      const stacked = data.cohorts.map(cohort => cohort.map((n, i) => n == null ? sums[i] : (sums[i] += n)));
      const order = [...stacked.keys()].reverse();
      return [base(width, height, {
        scales: {x: {time: false}, y: {range: (u, low, high) => [0, Math.max(1, high)]}},
        axes: [
          axis({label: data.attempts, values: (u, ticks) => ticks.map(count)}),
          axis({label: "retained, by age", size: 60, values: (u, ticks) => ticks.map(n => n % 1 ? "" : count(n))}),
        ],
        series: [{label: data.attempts, value: (u, n) => count(n)}].concat(order.map(i => ({
          label: data.cohortNames[i],
          stroke: shade(i, of),
          fill: shade(i, of),
          width: 1,
          points: {show: false},
          value: (u, n, s, at) => at == null ? "–" : count(data.cohorts[i][at]),
        }))),
      }), [data.failures].concat(order.map(i => stacked[i]))];
    },

    anatomy(box, data, width, height) {
      let sum = 0;
      const sums = data.parts.map(part => sum += part.bytes);
      const order = [...sums.keys()].reverse();
      return [base(width, height, {
        legend: {show: false},
        cursor: {show: false},
        scales: {x: {time: false, ori: 1, range: [-0.6, 0.6]}, y: {ori: 0, range: [0, sum]}},
        axes: [{show: false, side: 3}, axis({side: 2, values: (u, ticks) => ticks.map(bytes)})],
        series: [{}].concat(order.map(i => ({
          stroke: shade(i, sums.length),
          fill: shade(i, sums.length),
          points: {show: false},
          paths: uPlot.paths.bars({size: [0.9, 60]}),
        }))),
      }), [[0]].concat(order.map(i => [sums[i]]))];
    },
  };

  const heights = {spark: 28, growth: 260, cohorts: 260, anatomy: 76};
  const drawn = new Map();

  const draw = box => {
    const kind = box.dataset.kind;
    const data = JSON.parse(box.dataset.chart);
    const width = Math.max(60, Math.floor(box.clientWidth));
    const [options, series] = kinds[kind](box, data, width, heights[kind]);
    drawn.get(box)?.destroy();
    drawn.set(box, new uPlot(options, series, box));
    if (kind === "anatomy") {
      box.nextElementSibling?.querySelectorAll("[data-part]").forEach((swatch, i) => {
        swatch.style.backgroundColor = shade(i, data.parts.length);
      });
    }
  };

  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.isIntersecting && !drawn.has(entry.target)) draw(entry.target);
    }
  }, {rootMargin: "600px"});
  const boxes = [...document.querySelectorAll("[data-chart]")];
  boxes.forEach(box => seen.observe(box));

  const redraw = () => [...drawn.keys()].forEach(draw);
  let width = window.innerWidth;
  let pending = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) {
      width = window.innerWidth;
      clearTimeout(pending);
      pending = setTimeout(redraw, 100);
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  window.addEventListener("beforeprint", () => boxes.forEach(box => drawn.has(box) || draw(box)));
})();
