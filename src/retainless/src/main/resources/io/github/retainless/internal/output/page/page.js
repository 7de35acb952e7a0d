"use strict";
(() => {
  const KIBI = 1024;
  const SIZES = ["B", "KiB", "MiB", "GiB", "TiB"];
  const FAMILY = "-apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
  const FONT = "12px " + FAMILY;

  const colour = (name, of = document.documentElement) => getComputedStyle(of).getPropertyValue(name).trim();
  const count = n => n == null ? "–" : n.toLocaleString("en-US");
  const bytes = n => {
    if (n == null) return "–";
    let unit = 0;
    while (Math.abs(n) >= KIBI && unit < SIZES.length - 1) {
      n /= KIBI;
      unit++;
    }
    return (n % 1 ? n.toFixed(1) : n) + " " + SIZES[unit];
  };
  // Warm is old: it stays at the bottom of a leak, and leaves a ring buffer. The ends differ for the colour-blind, too.
  const AGES = [[178, 34, 34], [235, 110, 60], [247, 190, 95], [150, 195, 225], [80, 140, 205]];
  const age = (i, of) => {
    const at = of < 2 ? AGES.length - 1 : i / (of - 1) * (AGES.length - 1);
    const low = AGES[Math.floor(at)];
    const high = AGES[Math.ceil(at)];
    return `rgb(${low.map((c, k) => Math.round(c + (high[k] - c) * (at % 1))).join(" ")})`;
  };
  const PARTS = ["#3b82c4", "#e0892f", "#4f9d69", "#a86bc2", "#c75a6e", "#8a8f98"];
  const part = i => PARTS[Math.min(i, PARTS.length - 1)];

  const fromZero = {range: (u, low, high) => [0, Math.max(1, high * 1.08)]};
  const axis = over => ({
    stroke: colour("--faint"),
    grid: {stroke: colour("--line"), width: 1},
    ticks: {stroke: colour("--line"), width: 1, size: 4},
    font: FONT,
    labelFont: FONT,
    gap: 4,
    ...over,
  });
  // A byte axis has its ticks at round sizes, not at round numbers.
  const byteSteps = [...Array(50).keys()].flatMap(power => [2 ** power]);
  const base = (width, height, over) => ({
    width, height,
    padding: [8, 12, 0, 0],
    legend: {show: false},
    cursor: {drag: {x: false, y: false}},
    ...over,
  });
  // Where collections were: the last one, and those to its left that leave room for their labels.
  const collections = data => ({
    splits: () => data.failures,
    values: (u, splits) => {
      const labels = splits.map(() => null);
      let right = Infinity;
      for (let i = splits.length - 1; i >= 0; i--) {
        const at = u.valToPos(splits[i], "x");
        if (right - at > 48) {
          labels[i] = count(splits[i]);
          right = at;
        }
      }
      return labels;
    },
  });
  const line = (over, box) => ({
    stroke: colour("--hue", box),
    fill: colour("--soft", box),
    width: 2.5,
    points: {show: true, size: 8, width: 2, fill: colour("--panel"), stroke: colour("--hue", box)},
    ...over,
  });
  const x = {time: false, range: (u, low, high) => [0, high * 1.02]};

  const kinds = {
    spark(box, data, width, height) {
      return [base(width, height, {
        padding: [3, 3, 3, 3],
        cursor: {show: false},
        axes: [{show: false}, {show: false}],
        scales: {x: {time: false}, y: fromZero},
        series: [{}, line({width: 2, points: {show: false}}, box)],
      }), [data.failures, data.retained]];
    },

    retained(box, data, width, height) {
      return [base(width, height, {
        scales: {x, y: fromZero},
        axes: [
          axis({...collections(data), size: 26}),
          axis({size: 64, space: 28, values: (u, ticks) => ticks.map(n => n % 1 ? null : count(n))}),
        ],
        series: [
          {},
          line({label: "retained"}, box),
        ],
      }), [data.failures, data.retained]];
    },

    bytes(box, data, width, height) {
      return [base(width, height, {
        scales: {x, y: fromZero},
        axes: [
          axis({...collections(data), size: 26, label: data.attempts, labelSize: 16, labelGap: 0}),
          axis({size: 64, space: 24, incrs: byteSteps, values: (u, ticks) => ticks.map(bytes)}),
        ],
        series: [{}, line({label: "bytes"}, box)],
      }), [data.failures, data.bytes]];
    },

    ages(box, data, width, height) {
      const of = data.layers.length;
      const sums = data.failures.map(() => 0);
      const stacked = data.layers.map(layer => layer.map((n, i) => sums[i] += n));
      // The whole stack goes first, and each lower layer on top of it.
      const order = [...stacked.keys()].reverse();
      const bars = uPlot.paths.bars({size: [0.8, 64]});
      return [base(width, height, {
        cursor: {show: false},
        scales: {x: {time: false, range: [-0.6, data.failures.length - 0.4]}, y: fromZero},
        axes: [
          axis({
            label: data.attempts, size: 26, labelSize: 16, labelGap: 0, grid: {show: false},
            splits: () => [...data.failures.keys()],
            values: (u, splits) => {
              const step = Math.ceil(48 * splits.length / u.bbox.width * devicePixelRatio);
              return splits.map(i => (splits.length - 1 - i) % step ? null : count(data.failures[i]));
            },
          }),
          axis({size: 64, space: 28, values: (u, ticks) => ticks.map(n => n % 1 ? null : count(n))}),
        ],
        series: [{}].concat(order.map(i => ({
          stroke: colour("--panel"),
          width: 1,
          fill: age(i, of),
          paths: bars,
          points: {show: false},
        }))),
      }), [[...data.failures.keys()]].concat(order.map(i => stacked[i]))];
    },

    anatomy(box, data, width, height) {
      let sum = 0;
      const sums = data.parts.map(part => sum += part.bytes);
      const order = [...sums.keys()].reverse();
      return [base(width, height, {
        padding: [0, 0, 0, 0],
        cursor: {show: false},
        scales: {x: {time: false, ori: 1, range: [-0.5, 0.5]}, y: {ori: 0, range: [0, sum]}},
        axes: [{show: false, side: 3}, {show: false, side: 2}],
        series: [{}].concat(order.map(i => ({
          stroke: colour("--panel"),
          width: 1,
          fill: part(i),
          points: {show: false},
          paths: uPlot.paths.bars({size: [0.9, 60]}),
        }))),
      }), [[0]].concat(order.map(i => [sums[i]]))];
    },
  };

  // A link in the overview leads to the section that has the figures of its row.
  const dataOf = box => {
    if (box.dataset.kind === "anatomy") {
      return {parts: [...box.nextElementSibling.querySelectorAll("li")].map(li => ({name: li.innerText.trim(), bytes: +li.dataset.bytes}))};
    }
    const holder = box.closest("[data-rounds]")
      ?? document.getElementById(decodeURIComponent(box.closest("tr").querySelector("a").hash.slice(1)));
    return JSON.parse(holder.dataset.rounds);
  };
  const rounds = (data, i) => {
    const from = i ? data.numbers[i * data.perLayer - 1] + 1 : 1;
    const to = data.numbers[Math.min(data.numbers.length, (i + 1) * data.perLayer) - 1];
    return from === to ? String(to) : from + "–" + to;
  };
  const overFailures = (data, figures, words) =>
    figures.map((n, i) => `${words(n)} after ${count(data.failures[i])}`).join(", ") + " " + data.attempts;
  const inWords = {
    spark: data => `${count(data.retained.at(-1))} retained after ${count(data.failures.at(-1))} ${data.attempts}`,
    retained: data => "Retained: " + overFailures(data, data.retained, count),
    bytes: data => "Bytes retained: " + overFailures(data, data.bytes, bytes),
    ages: data => "Retained at the end, by round in which they failed: "
      + data.layers.map((layer, i) => `${rounds(data, i)}: ${count(layer.at(-1))}`).join(", "),
    anatomy: data => data.parts.map(part => part.name).join(", "),
  };
  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  const legend = (list, data) => {
    list.append(element("li", "failed in round"), ...data.layers.map((layer, i) => {
      const item = element("li", " ");
      item.append(element("b", rounds(data, i)));
      item.prepend(element("i", ""));
      return item;
    }));
  };
  const table = (made, data) => {
    const row = (kind, cells) => {
      const tr = document.createElement("tr");
      tr.append(...cells.map(cell => element(kind, cell)));
      return tr;
    };
    made.createTHead().append(row("th", ["Round", data.attempts, "Retained", "Footprint", "GCs", "After"]));
    made.createTBody().append(...data.numbers.map((number, i) => row("td", [
      number, count(data.failures[i]), count(data.retained[i]), bytes(data.bytes[i]), data.collections[i],
      (data.millis[i] / 1000).toFixed(1) + " s",
    ])));
    made.querySelectorAll("th").forEach(th => th.scope = "col");
  };
  document.querySelectorAll(".rounds").forEach(made => table(made, dataOf(made)));

  const drawn = new Map();

  const draw = box => {
    const kind = box.dataset.kind;
    const data = dataOf(box);
    const width = Math.max(60, Math.floor(box.clientWidth));
    const height = Math.floor(parseFloat(getComputedStyle(box).minHeight) || box.clientHeight);
    const [options, series] = kinds[kind](box, data, width, height);
    drawn.get(box)?.destroy();
    drawn.set(box, new uPlot(options, series, box));
    const swatches = box.nextElementSibling?.querySelectorAll("i") ?? [];
    swatches.forEach((swatch, i) => {
      swatch.style.backgroundColor = kind === "ages" ? age(i, swatches.length) : part(i);
    });
  };

  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.isIntersecting && !drawn.has(entry.target)) draw(entry.target);
    }
  }, {rootMargin: "600px"});
  const boxes = [...document.querySelectorAll("[data-kind]")];
  for (const box of boxes) {
    const data = dataOf(box);
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", inWords[box.dataset.kind](data));
    if (box.dataset.kind === "ages") legend(box.nextElementSibling, data);
    seen.observe(box);
  }

  const textOf = found => found?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const titleOf = figure => textOf(figure.querySelector("figcaption").firstChild);

  // Draws on one canvas the test, the title, the charts below one another, and what their colours mean.
  const EDGE = 20;
  const picture = figure => {
    const ratio = devicePixelRatio;
    const section = figure.closest(".test");
    const charts = [...figure.querySelectorAll("canvas")];
    const width = Math.max(...charts.map(chart => chart.width / ratio));
    const [text, faint, hue] = ["--text", "--faint", "--hue"].map(name => colour(name, section));
    const made = document.createElement("canvas");
    const pen = made.getContext("2d");
    // Drawing waits until everything has its place, because only then the height is known.
    const steps = [];
    let y = EDGE;

    const widthOf = (words, font) => {
      pen.font = font;
      return pen.measureText(words).width;
    };
    // Leaves out the middle of a text that is wider than the picture. Returns where the text ends.
    const put = (words, font, ink, x = 0) => {
      const points = [...words];
      const at = y;
      let shown = words;
      for (let half = points.length >> 1; half > 0 && widthOf(shown, font) > width - x; half -= 1 + (half >> 4)) {
        shown = points.slice(0, half).join("") + "…" + points.slice(-half).join("");
      }
      steps.push(() => {
        pen.font = font;
        pen.fillStyle = ink;
        pen.fillText(shown, x, at);
      });
      return x + widthOf(shown, font);
    };
    const wrap = (words, font, ink) => {
      const lines = [""];
      for (const word of words.split(" ")) {
        const longer = (lines.at(-1) + " " + word).trim();
        if (widthOf(longer, font) > width && lines.at(-1) && lines.length < 3) lines.push(word);
        else lines[lines.length - 1] = longer;
      }
      for (const line of lines.filter(Boolean)) {
        put(line, font, ink);
        y += 18;
      }
    };

    put(textOf(section.querySelector("h2 bdi")), "600 16px " + FAMILY, text);
    y += 24;
    const sign = colour("--sign", section).replace(/["']/g, "");
    const end = put(sign + " " + textOf(section.querySelector(".verdict")), "700 12px " + FAMILY, hue);
    put(textOf(section.querySelector("h2 + .faint bdi")), FONT, faint, end + 12);
    y += 30;
    wrap(titleOf(figure), "600 14px " + FAMILY, text);
    wrap(textOf(figure.querySelector("small")), FONT, faint);
    for (const chart of charts) {
      const at = y += 6;
      steps.push(() => pen.drawImage(chart, 0, at, chart.width / ratio, chart.height / ratio));
      y += chart.height / ratio;
    }
    y += 6;
    let x = 0;
    for (const item of figure.querySelectorAll("li")) {
      const swatch = item.querySelector("i");
      const indent = swatch ? 16 : 0;
      if (x > 0 && x + indent + widthOf(textOf(item), FONT) > width) {
        x = 0;
        y += 20;
      }
      if (swatch) {
        const [left, top, ink] = [x, y + 1, getComputedStyle(swatch).backgroundColor];
        steps.push(() => {
          pen.fillStyle = ink;
          pen.fillRect(left, top, 10, 10);
        });
      }
      x = put(textOf(item), FONT, swatch ? text : faint, x + indent) + 20;
    }

    made.width = Math.round((width + 2 * EDGE) * ratio);
    made.height = Math.round((y + (x && 16) + EDGE) * ratio);
    pen.fillStyle = colour("--panel");
    pen.fillRect(0, 0, made.width, made.height);
    pen.scale(ratio, ratio);
    pen.translate(EDGE, 0);
    pen.textBaseline = "top";
    pen.imageSmoothingEnabled = false;
    steps.forEach(step => step());
    return made;
  };

  // Every system takes this file name: letters and digits stay, the rest is replaced, and a long name loses its start.
  const fileName = figure => {
    const section = figure.closest(".test");
    const box = figure.querySelector("[data-kind]");
    const kind = box.dataset.kind;
    const like = [...section.querySelectorAll(`[data-kind=${kind}]`)];
    const id = [...section.id.replace(/[^\p{L}\p{N}.-]+/gu, "_")].slice(-150);
    while (new TextEncoder().encode(id.join("")).length > 150) id.shift();
    const number = like.length > 1 ? "-" + (like.indexOf(box) + 1) : "";
    return id.join("").replace(/^[._-]+/, "") + "-" + kind + number + ".png";
  };
  const save = async figure => {
    figure.querySelectorAll("[data-kind]").forEach(box => drawn.has(box) || draw(box));
    // uPlot draws a new chart in a microtask of its own.
    await null;
    picture(figure).toBlob(blob => {
      const link = document.createElement("a");
      link.download = fileName(figure);
      link.href = URL.createObjectURL(blob);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    });
  };
  document.querySelectorAll("figure").forEach(figure => {
    const button = element("button", "Save as picture");
    button.type = "button";
    button.setAttribute("aria-label", `Save as picture: ${titleOf(figure)}, ${textOf(figure.closest(".test").querySelector("h2 bdi"))}`);
    button.addEventListener("click", () => save(figure));
    figure.querySelector("figcaption").after(button);
  });

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
