// XmrChart: moved points show at once and are then confirmed by Python, which knows the signals.
export default okl.widget({
  name: "xmr-chart",
  setup(ui) {
    const { h } = okl;
    const chart = okl.chart(ui);
    const moves = new Map(); // point -> { value, ack }; no ack while it is being dragged
    let selected = 0; // the point that Tab reaches
    let typed = null; // what stands in the field, when it differs from the value
    let from = null; // the points for new limits, when they differ from the present ones
    let to = null;
    const open = new Set(); // of "ranges", "rules", "wishes"
    let wishes = {}; // field -> text, not sent yet
    let restTimer = null;
    let unsure = []; // { ack, forget }: what was typed is forgotten when Python has taken it

    const REST_AFTER = 1500;

    // -- moving points -----------------------------------------------------------------------------

    const valueAt = (n) => {
      const move = moves.get(n);
      if (move?.ack && ui.settled(move.ack)) moves.delete(n);
      return moves.has(n) ? moves.get(n).value : ui.view.points[n].y;
    };

    const put = (n, value) => {
      clearTimeout(restTimer);
      restTimer = setTimeout(rest, REST_AFTER);
      return ui.send("put", { point: n + 1, value });
    };
    const rest = () => { clearTimeout(restTimer); restTimer = null; ui.send("rest"); };

    const move = (n, value, done) => {
      typed = null;
      if (value === null) moves.delete(n);
      else moves.set(n, { value, ack: done ? put(n, value) : null });
      ui.redraw();
    };

    const select = (n) => {
      if (n !== selected) typed = null;
      selected = n;
      ui.redraw();
    };

    const setTyped = () => {
      if (typed === null) return;
      const text = typed;
      keepUntil(put(selected, text), () => { if (typed === text) typed = null; });
    };

    const keepUntil = (ack, forget) => { unsure.push({ ack, forget }); ui.redraw(); };

    const forgetTaken = (view) => {
      const answered = unsure.filter((u) => ui.settled(u.ack));
      unsure = unsure.filter((u) => !ui.settled(u.ack));
      if (!view.error) answered.forEach((u) => u.forget());
    };

    // -- pictures ----------------------------------------------------------------------------------

    const pointMarks = (view) => {
      const last = [-Infinity];
      return view.points.map((p, n) => {
        const y = valueAt(n);
        // numbers that would stand on one another are left out; the list of signals has them all
        const note = p.note && n - last[0] >= view.points.length / 14 ? String(n + 1) : null;
        if (note) last[0] = n;
        return {
          x: n + 1, y, label: okl.upper(p.name), note, noteBelow: y < view.limits.centre,
          shape: p.signal ? "diamond" : "circle", tone: p.signal ? "metric" : "kpi", hollow: p.moved,
        };
      });
    };

    const drawValues = (view) => {
      const points = pointMarks(view);
      const { limits } = view;
      return chart.draw({
        key: "values", title: view.headline, desc: view.desc, height: 320,
        x: { min: 1, max: view.points.length, name: okl.upper(view.period), whole: true },
        y: { min: view.low, max: view.high, unit: view.unit || "Value" },
        marks: [
          view.lower !== null || view.upper !== null ? { type: "band", from: view.lower, to: view.upper, label: "Band: what we want" } : null,
          { type: "limit", at: limits.upper, label: limits.words.upper },
          { type: "limit", at: limits.centre, label: limits.words.centre, dash: "solid", tone: "muted" },
          { type: "limit", at: limits.lower, label: limits.words.lower },
          view.target !== null ? { type: "limit", at: view.target, label: view.targetLabel, tone: "metric", dash: "solid" } : null,
          { type: "line", points: points.map((p) => [p.x, p.y]), tone: "kpi" },
          {
            type: "points", points, selected, onselect: select, onmove: move,
            step: view.step, grain: view.grain, min: view.low, max: view.high,
            text: (p) => `${p.y === null ? "missing" : okl.number(p.y, 6)} ${view.unit}${view.points[p.x - 1].told ? `. ${view.points[p.x - 1].told}` : ""}`.trim(),
          },
          limits.from > 1 || limits.to < view.points.length
            ? { type: "marker", at: limits.to + 0.5, label: `limits from ${limits.from} to ${limits.to}` } : null,
        ].filter(Boolean),
        table: {
          caption: view.title, head: [okl.upper(view.period), view.unit || "Value", "Step", "Signal"],
          rows: view.points.map((p, n) => [p.name, okl.number(valueAt(n), 6), okl.number(view.ranges[n], 6), p.told || "none"]),
        },
      });
    };

    const drawRanges = (view) => {
      const marks = view.ranges.map((r, n) => ({
        x: n + 1, y: r, shape: view.points[n].step ? "diamond" : "circle", tone: view.points[n].step ? "metric" : "kpi",
        note: view.points[n].step ? String(n + 1) : null,
      }));
      const wide = view.points.filter((p) => p.step).map((p) => p.name);
      const says = wide.length ? `Steps beyond the range limit: into ${wide.join(", ")}` : "No step is beyond the range limit";
      return chart.draw({
        key: "ranges", title: says, desc: `Moving ranges: how far each point lies from the one before. ${view.limits.words.range}. ${says}.`, height: 180,
        x: { min: 1, max: view.points.length, name: okl.upper(view.period), whole: true },
        y: { zero: true, unit: view.unit || "Step", name: view.unit ? "Step" : "" },
        marks: [
          { type: "limit", at: view.limits.range, label: view.limits.words.range },
          { type: "limit", at: view.limits.averageRange, label: view.limits.words.averageRange, dash: "solid", tone: "muted" },
          { type: "line", points: marks.map((p) => [p.x, p.y]), tone: "kpi" },
          { type: "points", points: marks },
        ],
      });
    };

    // -- what stands beneath -----------------------------------------------------------------------

    const drawSignals = (view) =>
      h("div", { key: "signals", class: "okl-said" },
        h("div", { class: "okl-rules" },
          h("p", { id: `${ui.id}-by` }, h("b", null, view.signals.length ? okl.upper(okl.plural(view.signals.length, "signal")) : "No signal")),
          h("div", { class: "okl-switch", role: "group", "aria-label": "Whose rules" }, Object.entries(view.ruleSets).map(([id, name]) => okl.button({
            key: id, label: name, focusKey: `rules-${id}`, "aria-pressed": view.rules === id, onclick: () => ui.send("rules", { rules: id }),
          })))),
        view.signals.length
          ? h("ul", { class: "okl-plain okl-signals" }, view.signals.map((text, n) => h("li", { key: n }, h("span", { class: "okl-diamond", "aria-hidden": "true" }, "◆"), h("span", null, text))))
          : h("p", null, "Nothing here is more than routine variation. Asking why about a single point would lead astray."),
        okl.disclosure({
          label: "What counts as a signal", open: open.has("rules"), focusKey: "about-rules", ontoggle: toggle("rules"),
        }, h("ul", { class: "okl-plain okl-small" }, view.ruleWords.map((text, n) => h("li", { key: n }, text)))));

    const toggle = (name) => () => { if (!open.delete(name)) open.add(name); ui.redraw(); };

    const drawCautions = (view) =>
      view.cautions.length ? h("div", { key: "cautions", class: "okl-cautions" },
        h("p", null, h("b", null, "Be careful")),
        view.cautions.map((text, n) => h("p", { key: n }, text))) : null;

    const drawMover = (view) => {
      const value = valueAt(selected);
      return h("div", { key: "mover", class: "okl-mover", role: "group", "aria-label": "Move a point" },
        h("label", null, h("span", { class: "okl-small okl-muted" }, "Point"),
          h("select", { class: "okl-field", focusKey: "which", value: String(selected), onchange: (e) => select(Number(e.target.value)) },
            view.points.map((p, n) => h("option", { key: n, value: String(n) }, okl.upper(p.name))))),
        h("label", null, h("span", { class: "okl-small okl-muted" }, `Value${view.unit ? `, ${view.unit}` : ""}`),
          h("input", {
            key: `field-${selected}`, class: "okl-field", type: "text", inputmode: "decimal", autocomplete: "off", focusKey: "value", placeholder: "missing",
            value: typed ?? (value === null ? "" : String(value)), oninput: (e) => { typed = e.target.value; },
            onkeydown: (e) => { if (e.key === "Enter") setTyped(); },
          })),
        okl.button({ key: "set", label: "Move it", focusKey: "set", onclick: setTyped }));
    };

    const number = (label, focusKey, value, onchange) =>
      h("label", { key: focusKey }, h("span", { class: "okl-small okl-muted" }, label),
        h("input", { class: "okl-field", type: "number", inputmode: "numeric", min: "1", max: String(ui.view.points.length), step: "1", focusKey, value: String(value), oninput: (e) => onchange(e.target.value) }));

    const drawCompute = (view) =>
      h("div", { key: "compute", class: "okl-compute" },
        h("p", null, h("b", null, "The limits are locked. "),
          view.stale
            ? "Points that they came from have been moved, and the limits stay where they were: that is how a change shows. Compute them anew only when the process itself has changed."
            : "They stay where they are whatever you do to a point, until you ask for new ones."),
        h("div", { class: "okl-from" },
          number(`From ${view.period === "item" ? "point" : view.period}`, "from", from ?? view.limits.from, (v) => { from = v; }),
          number("to", "to", to ?? view.limits.to, (v) => { to = v; })),
        view.told ? h("p", { key: "told", class: "okl-told", tabindex: "-1", focusKey: "told" }, view.told) : null);

    const compute = (view) => {
      const first = Number(from ?? view.limits.from);
      const last = Number(to ?? view.limits.to);
      ui.focus("told");
      keepUntil(ui.send("compute", { from: first, to: last }), () => { from = to = null; });
    };

    const wish = (view, name, label) =>
      h("label", { key: name }, h("span", { class: "okl-small okl-muted" }, label),
        h("input", {
          class: "okl-field", type: "text", inputmode: "decimal", autocomplete: "off", focusKey: `wish-${name}`, placeholder: "none",
          value: wishes[name] ?? (view[name] === null ? "" : String(view[name])), oninput: (e) => { wishes[name] = e.target.value; },
          onkeydown: (e) => { if (e.key === "Enter") sendWishes(); },
        }));

    const sendWishes = () => {
      keepUntil(ui.send("wishes", { ...wishes }), () => { wishes = {}; });
    };

    const drawWishes = (view) =>
      h("div", { key: "wishes", class: "okl-said" },
        view.bandWords.length ? h("p", { key: "band" }, h("b", null, "Band. "), view.bandWords.join(" ")) : null,
        view.targetWords.length ? h("p", { key: "target" }, h("b", null, "Target. "), view.targetWords.join(" ")) : null,
        okl.disclosure({ label: "Try another target or band", open: open.has("wishes"), focusKey: "about-wishes", ontoggle: toggle("wishes") },
          h("div", { class: "okl-mover" }, wish(view, "target", "Target"), wish(view, "lower", "Band from"), wish(view, "upper", "Band up to"),
            okl.button({ key: "wish", label: "Show it", focusKey: "wish", onclick: sendWishes }))));

    return {
      render(view) {
        forgetTaken(view);
        return [
          h("div", { key: "head" }, h("p", { class: "okl-title" }, view.title), h("p", { class: "okl-muted" }, view.about),
            h("p", { class: "okl-muted okl-small" }, `Source: ${view.source}`)),
          drawValues(view),
          h("p", { key: "how", class: "okl-muted okl-small" }, "Drag a point up or down, or choose it and use the arrow keys or the field below. ◆ is a signal; a hollow point is one that you moved."),
          drawMover(view),
          drawSignals(view),
          drawCautions(view),
          h("div", { key: "ranges" }, okl.disclosure({
            label: "Moving ranges", open: open.has("ranges"), focusKey: "ranges", ontoggle: toggle("ranges"),
          }, open.has("ranges") ? drawRanges(view) : null)),
          drawWishes(view),
          drawCompute(view),
          h("div", { key: "actions" }, okl.actions([
            okl.button({ label: "Undo", focusKey: "undo", disabled: !view.canUndo, onclick: () => { typed = null; ui.send("undo"); } }),
            okl.button({ label: "Back to the original data", focusKey: "reset", disabled: view.original, onclick: () => { typed = null; ui.send("reset"); } }),
          ], okl.button({ kind: "primary", label: "Compute limits anew", focusKey: "compute", onclick: () => compute(view) }))),
        ];
      },
      destroy() {
        if (restTimer !== null) rest();
        chart.destroy();
      },
    };
  },
});
