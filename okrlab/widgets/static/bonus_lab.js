// BonusLab: predict, then move the bonus and watch six weeks fill up.
export default okl.widget({
  name: "bonus-lab",
  setup(ui) {
    const { h } = okl;
    const chart = okl.chart(ui);
    const lab = oklLab(ui);
    const two = (v) => okl.number(v, 2);
    const percent = (v) => `${okl.number(100 * v, 1)} %`;

    const LABELS = {
      bonus_kpi: ["Bonus on the KPI", "Counted in the same points as the interest in it, which is 1."],
      coupling: ["Coupling", "The share of the KPI's worth that work on the OKR earns too."],
      bonus_okr: ["Bonus on the OKR", "In the same points."],
      target: ["Target", "1 is the target that draws out most."],
    };
    const slider = (s) => lab.slider({ id: s.id, label: LABELS[s.id][0], note: LABELS[s.id][1], value: s.value, min: s.min, max: s.max, text: (step) => two(step / s.per) });

    // -- the week --------------------------------------------------------------------------------------

    const person = (p, hours) => h("li", { key: p.name, class: "bl-person" },
      h("svg", { class: "bl-figure", viewBox: "0 0 24 32", "aria-hidden": "true", focusable: "false" },
        h("circle", { cx: 12, cy: 8, r: 6 }), h("path", { d: "M1 32 C1 20 6 16 12 16 C18 16 23 20 23 32 Z" })),
      h("div", { class: "bl-week" },
        h("p", null, h("b", null, p.name), h("span", { class: "okl-small okl-muted" }, ` cares for the OKR: ${two(p.cares)}`)),
        h("svg", { class: "bl-strip", viewBox: "0 0 400 26", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
          h("rect", { class: "bl-kpi", x: 0, y: 0, width: ((400 * p.kpi) / hours).toFixed(1), height: 26 }),
          h("rect", { class: "bl-okr", x: ((400 * p.kpi) / hours).toFixed(1), y: 0, width: ((400 * p.okr) / hours).toFixed(1), height: 26 }),
          [1, 2, 3, 4].map((d) => h("line", { key: d, class: "bl-day", x1: 80 * d, x2: 80 * d, y1: 0, y2: 26 }))),
        h("p", { class: "bl-hours" }, h("span", null, okl.roleMark("kpi"), ` KPI ${okl.number(p.kpi, 1)} h`), h("span", null, okl.roleMark("metric_key_result"), ` OKR ${okl.number(p.okr, 1)} h`))));

    const week = (l) => h("div", { key: "six" },
      h("p", { class: "okl-chart-title" }, `With a bonus of ${two(l.bonus)} on the KPI: ${percent(l.share)} of the week goes to it`),
      h("ul", { class: "okl-plain bl-six", "aria-label": "Six engineers and their weeks of 40 hours" }, l.people.map((p) => person(p, l.hours))));

    const curve = (l) => chart.draw({
      key: "share", title: "The first bit of bonus does most of it", height: 240,
      desc: `Share of the week for the KPI by bonus: ${l.curve.filter((_, i) => i % 4 === 0).map(([b, s]) => `${b}: ${percent(s)}`).join(", ")}.`,
      x: { min: 0, max: 4, name: "Bonus on the KPI, in points" },
      y: { name: "Share of the week for the KPI", min: 0, max: 1, format: (v) => `${Math.round(100 * v)} %` },
      marks: [
        { type: "line", points: l.curve, tone: "kpi", label: "Who cares for both alike" },
        { type: "limit", at: 0.5, tone: "muted", label: "Half of the week" },
        { type: "points", radius: 6, points: [{ x: l.bonus, y: l.share, tone: "kpi", note: percent(l.share), noteBelow: true }] },
      ],
    });

    const rows = (l) => h("div", { key: "rows", class: "bl-rows" }, h("p", null, h("b", null, "Settings to look at")),
      h("ul", { class: "okl-plain" }, l.rows.map((r) => h("li", { key: r.id, class: r.here ? "bl-here" : "" },
        okl.button({ label: r.text, focusKey: `row-${r.id}`, "aria-pressed": r.here, onclick: () => ui.send("row", { row: r.id }) }),
        h("span", null, `${percent(r.share)} for the KPI`)))));

    const decide = (l) => h("fieldset", { key: "decide", class: "bl-decide" },
      h("legend", null, h("b", null, "Decouple, embed or pay both?")),
      h("p", null, l.decide),
      h("div", { class: "bl-designs" }, l.designs.map((d) => {
        const id = `${ui.id}-d-${d.id}`;
        const body = h("span", { class: "bl-design" }, h("b", null, d.title), h("span", null, d.what),
          d.share === null ? null : h("span", null, h("b", null, `${percent(d.share)} for the KPI. `), h("span", null, `Mind: ${d.catch}`)));
        return d.id === "as it is" ? h("div", { key: d.id, class: "bl-as-is" }, body)
          : h("label", { key: d.id, class: "okl-option", for: id },
            h("input", { type: "radio", id, name: `${ui.id}-design`, checked: l.choice === d.id, focusKey: `design-${d.id}`, onchange: () => ui.send("decide", { design: d.id }) }), body);
      })),
      l.choice ? h("p", { class: "bl-frame" }, l.frame) : null);

    const weekTab = (view) => {
      const l = view.lab;
      return [
        h("p", { key: "case" }, view.case),
        oklAsk.draw(ui, view.predict, { lead: "Predict first" }),
        l ? [
          h("div", { key: "sliders", class: "okl-sliders" }, l.sliders.map(slider)),
          week(l), h("p", { key: "words" }, l.words), curve(l), rows(l), decide(l),
        ] : h("p", { key: "before", class: "okl-muted" }, "Sliders and weeks appear when you have predicted."),
        lab.assumptions(view.assumptions),
      ];
    };

    // -- the target ------------------------------------------------------------------------------------

    const targets = (t) => [
      h("div", { key: "sliders", class: "okl-sliders" }, slider(t.slider)),
      chart.draw({
        key: "targets", title: `Target ${two(t.now.target)}: ${two(t.now.gain)} gained, ${Math.round(100 * t.now.chance)} % chance of hitting it`, height: 280,
        desc: `${t.words} Most is gained at ${two(t.for_gain.target)}, where the attainment is ${okl.number(t.for_gain.attainment, 3)}. The chance of hitting falls with each step up.`,
        x: { min: 0, max: 1.8, name: "Target" }, y: { name: "Gain; chance from 0 to 1", min: 0, max: 1 },
        marks: [
          { type: "line", points: t.curve.map(([x, gain]) => [x, gain]), tone: "health", label: "Gain to expect" },
          { type: "line", points: t.curve.map(([x, , chance]) => [x, chance]), tone: "metric", dash: "dash", label: "Chance of hitting" },
          { type: "marker", at: t.for_gain.target, label: "most gain" },
          { type: "points", radius: 6, points: [{ x: t.now.target, y: t.now.gain, tone: "health", shape: "triangle" }, { x: t.now.target, y: t.now.chance, tone: "metric", shape: "square" }] },
        ],
      }),
      h("p", { key: "words" }, t.words),
      chart.bars({
        key: "choice", title: `Paid for hitting, people pick ${two(t.for_bonus.target)}, and ${two(t.lost)} of the gain is lost`, max: 1,
        desc: `Target ${two(t.for_bonus.target)} gains ${two(t.for_bonus.gain)}; target ${two(t.for_gain.target)} gains ${two(t.for_gain.gain)}.`,
        groups: [
          { label: "Picked for the bonus", bars: [{ label: `Target ${two(t.for_bonus.target)}, hit in ${Math.round(100 * t.for_bonus.chance)} of 100 quarters. Gain`, value: t.for_bonus.gain, text: two(t.for_bonus.gain), tone: "metric" }] },
          { label: "Picked for the gain", bars: [{ label: `Target ${two(t.for_gain.target)}, hit in ${Math.round(100 * t.for_gain.chance)} of 100 quarters, attainment ${okl.number(t.for_gain.attainment, 3)}. Gain`, value: t.for_gain.gain, text: two(t.for_gain.gain), tone: "health" }] },
        ],
      }),
      h("p", { key: "so" }, "In this toy the bold target ends at two thirds of the way, and gains most. That is how a missed target can be the better one. The two thirds follow from the curve that we drew; they do not show that 0.7 is the right attainment."),
    ];

    const targetTab = (view) => [
      oklAsk.draw(ui, view.ask, { lead: "Predict first" }),
      view.targets ? targets(view.targets) : h("p", { key: "before", class: "okl-muted" }, "The curves appear when you have predicted."),
      lab.assumptions(view.assumptions),
    ];

    return {
      render: (view) => [
        lab.tabs("What to look at", [["week", "Where the week goes"], ["target", "Which target is picked"]], view.tab, (tab) => ui.send("show", { tab })),
        h("div", { key: view.tab, class: "okl-stack" }, view.tab === "week" ? weekTab(view) : targetTab(view)),
      ],
      destroy() { chart.destroy(); lab.destroy(); },
    };
  },
});
