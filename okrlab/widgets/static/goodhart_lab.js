// GoodhartLab: predict, then move the pressure and see measure and value part.
export default okl.widget({
  name: "goodhart-lab",
  setup(ui) {
    const { h } = okl;
    const chart = okl.chart(ui);
    const lab = oklLab(ui);
    const open = new Set();
    const two = (v) => okl.number(v, 2);

    const fold = (id, label, ...kids) => okl.disclosure({ key: id, label, open: open.has(id), focusKey: id, ontoggle: () => { if (!open.delete(id)) open.add(id); ui.redraw(); } }, kids);

    const LABELS = {
      pressure: ["Pressure on the measure", "How much hangs on it: praise, rank, pay."],
      interest: ["Say of the team", "How much people care for the value itself; more autonomy raises it."],
      penalty: ["Guardrail: cost of gaming", "What it costs when it is noticed."],
      detection: ["Guardrail: how often noticed", ""],
    };

    const sliders = (l) => h("div", { key: "sliders", class: "okl-sliders" }, l.sliders.map((s) => lab.slider({
      id: s.id, label: LABELS[s.id][0], note: LABELS[s.id][1], value: s.value, min: s.min, max: s.max,
      text: (step) => (s.id === "detection" ? `${(100 * step) / s.per} %` : two(step / s.per)),
    })));

    const message = (l) => l.now.gaming === 0
      ? `Pressure ${two(l.pressure)}: measure and value are both ${two(l.now.value)}`
      : `Pressure ${two(l.pressure)}: the measure shows ${two(l.now.measured)}, the value is ${two(l.now.value)}`;

    const curves = (l) => chart.draw({
      key: "curves", title: message(l), desc: l.words, height: 300,
      x: { min: 0, max: 4, name: "Pressure, in points", whole: false },
      y: { name: "Points", min: -2, max: 14 },
      marks: [
        { type: "line", points: l.curve.map(([p, m]) => [p, m]), tone: "kpi", label: "Measure: cases closed" },
        { type: "line", points: l.curve.map(([p, , v]) => [p, v]), tone: "health", dash: "dash", label: "Value: problems solved" },
        l.starts <= 4 ? { type: "marker", at: l.starts, label: `gaming starts at ${two(l.starts)}`, tone: "text" } : null,
        { type: "points", radius: 6, points: [{ x: l.pressure, y: l.now.measured, tone: "kpi", label: "Measure now" }, { x: l.pressure, y: l.now.value, tone: "health", shape: "triangle", label: "Value now" }] },
      ].filter(Boolean),
    });

    const effort = (l) => chart.bars({
      key: "effort", title: l.now.gaming > 0 ? `${two(l.now.gaming)} points of effort go into gaming` : "All effort goes into the work", desc: l.words, max: 8,
      groups: [{ label: "What people do now", bars: [
        { label: "Solving problems", value: l.now.genuine, text: two(l.now.genuine), tone: "health" },
        { label: "Closing without solving", value: l.now.gaming, text: two(l.now.gaming), tone: "wrong", hollow: true }] }],
    });

    const rows = (l) => h("div", { key: "rows", class: "gl-rows" }, h("p", null, h("b", null, "Settings to look at")),
      h("ul", { class: "okl-plain" }, l.rows.map((r) => h("li", { key: r.id, class: r.here ? "gl-here" : "" },
        okl.button({ label: r.text, focusKey: `row-${r.id}`, "aria-pressed": r.here, onclick: () => ui.send("row", { row: r.id }) }),
        h("span", null, `measure ${okl.number(r.measured, 3)}, value ${okl.number(r.value, 3)}`)))));

    const designs = (l) => l.designs ? chart.bars({
      key: "designs", title: "The same people, other designs: only what pays has changed", max: 5,
      desc: l.designs.map((d) => `${d.text}: effort in the work ${two(d.genuine)}, in gaming ${two(d.gaming)}; ${d.words}.`).join(" "),
      groups: l.designs.map((d) => ({ label: d.text, bars: [
        { label: "Solving problems", value: d.genuine, text: two(d.genuine), tone: "health" },
        { label: "Closing without solving", value: d.gaming, text: `${d.gaming ? two(d.gaming) : "none"}. So: ${d.words}`, tone: "wrong", hollow: true }] })),
    }) : null;

    const pressure = (view) => {
      const l = view.lab;
      return [
        h("p", { key: "case" }, view.case),
        oklAsk.draw(ui, view.predict, { lead: "Predict first" }),
        l ? [
          sliders(l),
          h("p", { key: "guard", class: "okl-small okl-muted" }, `${l.guardrail} Now: ${two(l.deterrent)}.`),
          h("div", { key: "pictures", class: "gl-pictures" }, curves(l), effort(l)),
          h("p", { key: "words" }, l.words),
          rows(l),
          oklAsk.draw(ui, l.people),
          designs(l),
          fold("whose", "Whose sentence is it?", l.whose.map((t, i) => h("p", { key: i }, t))),
          fold("mechanisms", "Four ways in which a measure and its value part", h("ul", { class: "gl-list" }, l.mechanisms.map((m) =>
            h("li", { key: m.name }, h("b", null, `${okl.upper(m.name)}. `), `${m.what} ${m.example}`, m.here ? h("span", { class: "okl-muted" }, m.here === "pressure" ? " (this tab)" : " (the tab on luck)") : null))),
            h("p", { class: "okl-small okl-muted" }, "The four are Scott Garrabrant's (2017); wording and examples are ours.")),
        ] : h("p", { key: "before", class: "okl-muted" }, "Sliders and curves appear when you have predicted."),
        lab.assumptions(view.assumptions),
      ];
    };

    const best = (d) => {
      const [measured, value] = d.teams[0];
      return `The best shows ${two(measured)} and is worth ${two(value)}`;
    };

    const draw = (d) => [
      d.teams.length ? chart.draw({
        key: "teams", title: best(d), height: 260,
        desc: `Twenty teams from the best figure to the worst. ${best(d)}. Average of the winners after ${okl.plural(d.rounds, "draw")}: shows ${two(d.mean.measured)}, worth ${two(d.mean.value)}.`,
        x: { min: 0, max: d.teams.length + 1, name: "Teams, best figure first", ticks: [1, 5, 10, 15, 20] },
        y: { name: "Points above average", min: -5, max: 5 },
        marks: [
          { type: "limit", at: 0, tone: "muted", dash: "solid", label: "Average" },
          { type: "points", tone: "kpi", points: d.teams.map(([m], i) => ({ x: i + 1, y: m, label: "shown", note: i === 0 ? "shown" : null })) },
          { type: "points", tone: "health", points: d.teams.map(([, v], i) => ({ x: i + 1, y: v, shape: "triangle", label: "worth", note: i === 0 ? "worth" : null, noteBelow: true })) },
        ],
      }) : h("p", { key: "none", class: "okl-empty" }, "Draw twenty teams: the figures appear here."),
      h("p", { key: "signs", class: "okl-small okl-muted" }, "Circle: what the measure shows. Triangle: what the team is worth."),
      chart.bars({
        key: "means", title: d.mean ? `After ${okl.plural(d.rounds, "draw")} the winners show ${two(d.mean.measured)} and are worth ${two(d.mean.value)}` : "What to expect of the best of twenty", max: 4,
        desc: `To be expected: shown ${two(d.expected.measured)}, worth ${two(d.expected.value)}.`,
        groups: [
          d.mean ? { label: "Winners so far, on average", bars: [{ label: "Shown", value: Math.max(0, d.mean.measured), text: two(d.mean.measured), tone: "kpi" }, { label: "Worth", value: Math.max(0, d.mean.value), text: two(d.mean.value), tone: "health" }] } : null,
          { label: "To be expected", bars: [{ label: "Shown", value: d.expected.measured, text: two(d.expected.measured), tone: "kpi", hollow: true }, { label: "Worth", value: d.expected.value, text: two(d.expected.value), tone: "health", hollow: true }] },
        ].filter(Boolean),
      }),
      h("p", { key: "so" }, "So when you copy the winner's method, praise the winner or set the winner's figure as a target, expect about half of the lead to be gone next time. Nobody did anything wrong."),
      h("div", { key: "do" }, okl.actions([
        okl.button({ label: "Draw 100 times", focusKey: "many", onclick: () => ui.send("many") }),
        okl.button({ label: "Start afresh", focusKey: "afresh", disabled: !d.rounds, onclick: () => ui.send("afresh") })],
      okl.button({ kind: "primary", label: "Draw twenty teams", focusKey: "draw", onclick: () => ui.send("draw") }))),
    ];

    const luck = (view) => [
      h("p", { key: "case" }, "Now nobody games. Each team's figure is what it is worth, plus luck: a good month, an easy district."),
      oklAsk.draw(ui, view.luck, { lead: "Predict first" }),
      view.draw ? draw(view.draw) : null,
      lab.assumptions(view.assumptions),
    ];

    return {
      render: (view) => [
        lab.tabs("What to look at", [["pressure", "Pressure"], ["luck", "Luck in the best"]], view.tab, (tab) => ui.send("show", { tab })),
        h("div", { key: view.tab, class: "okl-stack" }, view.tab === "pressure" ? pressure(view) : luck(view)),
      ],
      destroy() { chart.destroy(); lab.destroy(); },
    };
  },
});
