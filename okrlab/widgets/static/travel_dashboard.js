// TravelDashboard: a dashboard, a road, and a decision before each stretch.
export default okl.widget({
  name: "travel-dashboard",
  setup(ui) {
    const { h } = okl;
    let plan = { n: 0, stop: "none", speed: 110, road: "" }; // the decision that is being made
    let showLog = false;

    // -- pictures ----------------------------------------------------------------------------------

    const at = (share, r) => {
      const angle = Math.PI * (1 - Math.min(1, Math.max(0, share)));
      return [70 + r * Math.cos(angle), 70 - r * Math.sin(angle)];
    };
    const arc = (from, to, r) => {
      const [x1, y1] = at(from, r), [x2, y2] = at(to, r);
      return `M ${x1.toFixed(2)} ${y1.toFixed(2)} A ${r} ${r} 0 0 1 ${x2.toFixed(2)} ${y2.toFixed(2)}`;
    };

    const gauge = (dial) => {
      const low = (dial.lower ?? 0) / dial.most, high = (dial.upper ?? dial.most) / dial.most;
      const share = dial.value / dial.most;
      const [x, y] = at(share, 48);
      return h("div", { key: dial.id, class: `td-dial${dial.ok ? "" : " td-off"}` },
        h("svg", { viewBox: "0 0 140 84", class: "td-gauge", "aria-hidden": "true", focusable: "false" },
          h("path", { class: "td-scale", d: arc(0, 1, 58) }),
          h("path", { class: "td-band", d: arc(low, high, 58) }),
          [0, 0.25, 0.5, 0.75, 1].map((t) => { const [a, b] = at(t, 52), [c, d] = at(t, 46); return h("line", { key: t, class: "td-tick", x1: a, y1: b, x2: c, y2: d }); }),
          h("line", { class: "td-needle", x1: 70, y1: 70, x2: x.toFixed(2), y2: y.toFixed(2) }),
          h("circle", { class: "td-hub", cx: 70, cy: 70, r: 5 })),
        h("p", { class: "td-title" }, okl.roleMark("kpi"), h("b", null, dial.title)),
        h("p", { class: "td-value" }, `${dial.value} ${dial.unit}`),
        h("p", { class: "okl-small" }, h("span", { class: dial.ok ? "okl-right" : "okl-wrong" }, dial.ok ? "✓ in its range" : "✕ outside its range"),
          h("span", { class: "okl-muted" }, ` (${dial.range})`)));
    };

    const car = () => [
      h("path", { key: "car", class: "td-car", d: "M2 24 L4 15 L12 14 L17 6 L31 6 L36 14 L40 16 L40 24 Z" }),
      h("circle", { key: "w1", class: "td-wheel", cx: 11, cy: 25, r: 5 }), h("circle", { key: "w2", class: "td-wheel", cx: 32, cy: 25, r: 5 }),
    ];

    const road = (r) => {
      const x = 20 + r.share * 520;
      return h("div", { key: "road", class: "td-road" },
        h("svg", { viewBox: "0 0 600 56", class: "td-way", "aria-hidden": "true", focusable: "false" },
          h("line", { class: "td-asphalt", x1: 20, y1: 40, x2: 560, y2: 40 }),
          h("line", { class: "td-line", x1: 20, y1: 40, x2: 560, y2: 40 }),
          h("line", { class: "td-done", x1: 20, y1: 40, x2: x, y2: 40 }),
          h("g", { transform: `translate(${(x - 20).toFixed(1)},8)` },
            car()),
          h("polygon", { class: "td-star", transform: "translate(572,30)", points: "10,1.5 12.6,7.2 18.8,7.8 14.1,11.9 15.5,18 10,14.8 4.5,18 5.9,11.9 1.2,7.8 7.4,7.2" })),
        h("p", { class: "td-legend" }, h("span", null, `${r.driven} km driven in ${r.hours}`), h("span", null, `${r.left} km to ${r.to}`)));
    };

    // -- deciding ----------------------------------------------------------------------------------

    const group = (legend, name, options, now, choose) =>
      h("fieldset", { key: name, class: "td-group" }, h("legend", null, h("b", null, legend)),
        h("div", { class: "td-options" }, options.map(([value, text, note]) => {
          const id = `${ui.id}-${name}-${value}`;
          return h("label", { key: value, class: "okl-option", for: id },
            h("input", { type: "radio", id, name: `${ui.id}-${name}`, checked: now === value, focusKey: `${name}-${value}`, onchange: () => { choose(value); ui.redraw(); } }),
            h("span", null, text, note ? h("span", { class: "okl-muted okl-small td-note" }, note) : null));
        })));

    const decide = (view) => {
      const d = view.decision;
      if (plan.n !== d.n) plan = { n: d.n, stop: "none", speed: plan.speed, road: "" };
      const fork = d.roads.length > 0;
      const ready = !fork || plan.road;
      return h("div", { key: "decide", class: "td-decide okl-stack" },
        h("p", { class: "td-step", focusKey: "step", tabindex: "-1", "data-focus-home": "" }, h("b", null, `Stretch ${d.n}: the next two hours`)),
        fork ? group("The road forks. Which way?", "road", d.roads.map((r) => [r.id, r.text, r.note]), plan.road, (v) => { plan.road = v; }) : null,
        group("Before you drive", "stop", d.stops.map((s) => [s.id, s.text]), plan.stop, (v) => { plan.stop = v; }),
        group("How fast?", "speed", d.speeds.map((s) => [s, `${s} km/h`]), plan.speed, (v) => { plan.speed = v; }),
        okl.actions(
          view.started ? okl.button({ key: "again", label: "Set out again", focusKey: "again", onclick: () => { ui.focus("step"); ui.send("again"); } })
            : okl.button({ key: "gauge", label: view.gauge ? "Take out the fuel gauge" : "Put the fuel gauge back", focusKey: "gauge", onclick: () => ui.send("gauge", { on: !view.gauge }) }),
          okl.button({ key: "drive", kind: "primary", label: "Drive on", focusKey: "drive", disabled: !ready, title: ready ? null : "Choose a road first.",
            onclick: () => { ui.focus("step"); ui.send("drive", { stop: plan.stop, speed: plan.speed, road: plan.road || "Seville" }); } })));
    };

    const log = (view) => view.log.length
      ? okl.disclosure({ key: "log", label: `What you did so far (${okl.plural(view.log.length, "stretch", "stretches")})`, open: showLog, focusKey: "log", ontoggle: () => { showLog = !showLog; ui.redraw(); } },
        h("ol", { class: "okl-plain td-log" }, view.log.map((line, i) => h("li", { key: i }, line))))
      : null;

    // -- the end -----------------------------------------------------------------------------------

    const end = ({ end: e, gauge }) => h("div", { key: "end", class: "okl-stack" },
      h("div", { class: `okl-feedback ${e.arrived ? "okl-is-right" : "okl-is-wrong"}`, tabindex: "-1", focusKey: "step" },
        h("p", { class: "okl-head" }, okl.verdict(e.arrived, e.arrived ? "Arrived" : "Not arrived")),
        h("p", null, e.headline), e.dials && !e.arrived ? h("p", null, e.dials) : null,
        h("p", null, e.lesson),
        e.idea ? h("p", null, h("b", null, "The idea that took the gauge out: "), `“${e.idea}”`) : null),
      h("div", { class: "td-unseen" }, h("p", null, h("b", null, "What no dial showed")), h("ul", null, e.unseen.map((u, i) => h("li", { key: i }, u)))),
      e.asks.map((ask) => oklAsk.draw(ui, ask)),
      h("div", { class: "td-unseen" }, h("p", null, h("b", null, "The picture, part by part")),
        h("ul", null, e.analogy.map((row) => h("li", { key: row.road }, h("b", null, row.road), " on the road, ", h("b", null, row.work), ` at work: ${row.what}`)))),
      h("div", { class: "td-unseen" }, h("p", null, h("b", null, "Where the picture breaks")), h("ul", null, e.limps.map((t, i) => h("li", { key: i }, t)))),
      h("div", { class: "td-unseen td-rules" }, h("p", null, h("b", null, "What this toy takes for granted")), h("ul", null, e.assumptions.map((t, i) => h("li", { key: i }, t)))),
      okl.actions(
        okl.button({ label: gauge ? "Again, without the fuel gauge" : "Again, with the fuel gauge", focusKey: "other",
          onclick: () => { ui.focus("step"); ui.send("again"); ui.send("gauge", { on: !gauge }); } }),
        okl.button({ kind: "primary", label: "Set out again", focusKey: "again", onclick: () => { ui.focus("step"); ui.send("again"); } })));

    return {
      render(view) {
        return [
          h("p", { key: "objective", class: "td-objective" }, okl.roleMark("objective"), h("span", null, h("b", null, "Objective: "), view.objective + ".")),
          view.started ? null : h("p", { key: "intro" }, "You are at the wheel, 1,000 km from Seville. Before each stretch you decide whether to stop, and how fast to drive. The dashboard tells you how the car is doing. ",
            h("span", { class: "okl-muted" }, "A toy: it shows a mechanism and proves nothing. Its rules are shown at the end.")),
          h("p", { key: "signs", class: "td-signs" },
            h("span", null, okl.roleMark("objective"), " destination: the objective"),
            h("span", null, h("svg", { class: "td-sign", viewBox: "0 0 42 32", "aria-hidden": "true", focusable: "false" }, car()), " car: your OKR, which gets you there"),
            h("span", null, okl.roleMark("kpi"), " dials: KPIs, which tell how the car is doing")),
          road(view.road),
          h("div", { key: "dials", class: "td-dials", role: "group", "aria-label": "Dashboard: KPIs" }, view.dials.map(gauge),
            view.gauge ? null : h("div", { key: "gone", class: "td-dial td-gone" }, h("p", null, "No fuel gauge"), h("p", { class: "okl-small okl-muted" }, "You took it out: the OKR was to replace it."))),
          h("p", { key: "status", class: "td-status" }, view.status),
          view.decision ? decide(view) : end(view),
          log(view),
        ];
      },
    };
  },
});
