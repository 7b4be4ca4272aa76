// FunnelLab: first a guess, then the results; sliders show at once and are then confirmed by Python.
export default okl.widget({
  name: "funnel-lab",
  setup(ui) {
    const { h } = okl;
    const chart = okl.chart(ui);
    const moves = new Map(); // slider -> { value, ack }
    let guess = { first: null, leads: "", revenue: "" };
    let visitors = null; // when it differs from what was run last
    let truth = null;
    let restTimer = null;
    const REST_AFTER = 1500;

    // -- sliders -----------------------------------------------------------------------------------

    const rest = () => { clearTimeout(restTimer); restTimer = null; ui.send("rest"); };

    const slide = (slider, value) => {
      moves.set(slider.name, { value, ack: ui.send("set", { slider: slider.name, value }) });
      clearTimeout(restTimer);
      restTimer = setTimeout(rest, REST_AFTER);
      ui.redraw();
    };

    const drawSlider = (slider) => {
      const move = moves.get(slider.name);
      if (move && ui.settled(move.ack)) moves.delete(slider.name);
      const value = moves.get(slider.name)?.value ?? slider.value;
      const words = `${okl.number(value)}${slider.unit === "%" ? " %" : slider.unit ? ` ${value === 1 ? "week" : slider.unit}` : ""}`;
      return h("label", { key: slider.name, class: "okl-slider" },
        h("span", null, slider.label, ": ", h("b", null, words)),
        h("input", {
          type: "range", min: slider.low, max: slider.high, step: slider.step, value: String(value), focusKey: slider.name, "aria-valuetext": words,
          oninput: (event) => slide(slider, Number(event.target.value)),
        }));
    };

    const drawSliders = (view) =>
      h("div", { key: "sliders", class: "okl-box" },
        h("p", null, h("b", null, "Turn the funnel’s screws")),
        h("div", { class: "okl-sliders" }, view.sliders.map(drawSlider)),
        h("div", null, okl.button({ label: "As at first", focusKey: "reset", disabled: view.original, onclick: () => { moves.clear(); ui.send("reset"); } })));

    // -- the guess ---------------------------------------------------------------------------------

    const number = (name, label) =>
      h("label", { key: name, class: "okl-number" }, h("span", null, label),
        h("input", { class: "okl-field", type: "text", inputmode: "decimal", autocomplete: "off", focusKey: `guess-${name}`, value: guess[name], oninput: (event) => { guess[name] = event.target.value; } }));

    const drawGuess = (view) =>
      h("div", { key: "guess", class: "okl-stack" },
        h("fieldset", null,
          h("legend", null, h("b", null, "Guess first. "), "Which of these moves first?"),
          h("div", { class: "okl-options" }, view.firsts.map(([id, text]) => h("label", { key: id, class: "okl-option" },
            h("input", { type: "radio", name: `${ui.id}-first`, value: id, focusKey: `first-${id}`, checked: guess.first === id, onchange: () => { guess.first = id; ui.redraw(); } }),
            h("span", null, text))))),
        h("div", { class: "okl-numbers" },
          number("leads", "By how many % do leads grow in quarter 1 (weeks 1 to 13)?"),
          number("revenue", "And revenue in quarter 1?")));

    const drawTold = ({ told }) =>
      h("div", { key: "told", class: `okl-feedback ${told.right ? "okl-is-right" : "okl-is-wrong"}`, tabindex: "-1", focusKey: "told" },
        told.task ? h("p", { class: "okl-small" }, `You guessed for this: ${told.task}`) : null,
        h("p", null, okl.verdict(told.right), ` Your guess of what moves first: ${told.first}. ${told.why}`),
        h("p", null, told.leads), h("p", null, told.revenue));

    // -- what moves when ---------------------------------------------------------------------------

    const FORMAT = {
      conversion: ["%", (v) => okl.number(v, 1)], leads: ["a week", (v) => okl.number(v, 0)],
      opportunities: ["a week", (v) => okl.number(v, 1)], revenue: ["$ a week", (v) => okl.number(v, 0)],
    };
    const TONES = { conversion: "metric", leads: "kpi", opportunities: "health", revenue: "text" };

    const drawSeries = (results) => results.series.map((s) => {
      const [unit, format] = FORMAT[s.id];
      const last = results.weeks.at(-1);
      const told = `From ${format(s.values[0])} to ${format(s.values.at(-1))} ${unit}.`;
      return chart.draw({
        key: s.id, title: s.title, desc: `${s.name} over ${last} weeks. ${s.title}. ${told}`, height: 130,
        x: { min: 1, max: last, name: s.id === "revenue" ? "Week" : "", whole: true },
        y: { zero: true, unit, format, room: okl.number(results.series.at(-1).top, 0) },
        marks: [
          { type: "line", points: results.weeks.map((week, n) => [week, s.values[n]]), tone: TONES[s.id] },
          s.starts ? { type: "marker", at: s.starts, label: `week ${s.starts}`, tone: "text" } : null,
        ].filter(Boolean),
      });
    });

    const drawTable = (results) => chart.table({
      key: "weeks", caption: "The funnel by week", head: ["Week", ...results.series.map((s) => `${s.name}, ${FORMAT[s.id][0]}`)],
      rows: results.weeks.map((week, n) => [String(week), ...results.series.map((s) => FORMAT[s.id][1](s.values[n]))]),
    });

    const pair = (label, value, before, text, textBefore) => ({
      label, bars: [{ label: "With the change", value, text, tone: "metric" }, { label: "Without", value: before, text: textBefore, tone: "task" }],
    });

    const drawQuarters = (results) => {
      const { quarters } = results;
      const leads = quarters.map((q) => pair(`Leads, quarter ${q.index}`, q.leads, q.leadsBefore, okl.number(q.leads), okl.number(q.leadsBefore)));
      const revenue = quarters.map((q) => pair(`Revenue, quarter ${q.index}`, q.revenueValue, q.revenueBeforeValue, q.revenue, q.revenueBefore));
      const words = (groups) => groups.map((g) => `${g.label}: ${g.bars[0].text} with the change, ${g.bars[1].text} without.`).join(" ");
      return h("div", { key: "quarters" },
        h("p", { class: "okl-chart-title" }, results.message),
        h("div", { class: "okl-pair" },
          chart.bars({ key: "q-leads", title: "Leads by quarter", desc: words(leads), groups: leads }),
          chart.bars({ key: "q-revenue", title: "Revenue by quarter", desc: words(revenue), groups: revenue })));
    };

    const drawResults = (results) => [
      drawTold(results),
      drawSliders(ui.view),
      h("div", { key: "series", class: "okl-series" }, drawSeries(results), drawTable(results)),
      h("p", { key: "relation" }, h("b", null, "Leading and lagging. "), results.relation),
      drawQuarters(results),
    ];

    // -- experiments -------------------------------------------------------------------------------

    const drawMany = ({ many }) =>
      chart.draw({
        key: "many", title: many.title, height: 200,
        desc: "Each experiment with the range of its difference. An idea is kept when the whole range lies above 0.",
        x: { min: 1, max: many.trials.length, name: "Experiment", whole: true }, y: { unit: "points of conversion", zero: true },
        marks: [
          { type: "limit", at: 0, label: "No difference", dash: "solid", tone: "muted" },
          ...many.trials.map((t, n) => ({ type: "line", points: [[n + 1, t.low], [n + 1, t.high]], tone: t.kept ? "metric" : "kpi" })),
          { type: "points", points: many.trials.map((t, n) => ({ x: n + 1, y: t.difference, shape: t.kept ? "diamond" : "circle", tone: t.kept ? "metric" : "kpi" })) },
        ],
        table: { caption: "Experiments", head: ["Experiment", "Difference", "From", "To", "Decision"], rows: many.trials.map((t, n) => [String(n + 1), okl.number(t.difference), okl.number(t.low), okl.number(t.high), t.kept ? "keep" : "drop"]) },
      });

    const drawProgramme = ({ programme }) =>
      h("div", { key: "programme" },
        h("p", { class: "okl-chart-title" }, programme.told),
        h("ol", { class: "okl-programme" }, programme.trials.map((t, n) => h("li", { key: n }, t.words, t.mistake ? h("b", null, ` Chance: ${t.mistake}.`) : null))));

    const drawExperiments = (view) => {
      const lab = view.experiments;
      const size = visitors ?? lab.visitors;
      const real = truth ?? (lab.works ? "works" : "nothing");
      const select = (label, focusKey, value, options, onchange) => h("label", { key: focusKey, class: "okl-number" }, h("span", null, label),
        h("select", { class: "okl-field", focusKey, value: String(value), onchange: (event) => { onchange(event.target.value); ui.redraw(); } },
          options.map(([id, text]) => h("option", { key: id, value: String(id) }, text))));
      return h("div", { key: "experiments", class: "okl-box okl-stack" },
        h("p", { class: "okl-title" }, "How a team raises a conversion: try, and look"),
        h("p", null, "Half of the visitors see the page as it was, the other half see the cart button at the top. Visitors decide by chance, so the halves would differ even if the button did nothing."),
        h("p", null, h("b", null, "One experiment")),
        h("div", { class: "okl-numbers" },
          select("Visitors in each half", "visitors", size, lab.choices.map((n) => [n, okl.number(n)]), (v) => { visitors = Number(v); }),
          okl.button({ key: "trial", label: lab.trial ? "Run it again" : "Run the experiment", focusKey: "trial", onclick: () => ui.send("trial", { visitors: size }) }),
          lab.trial && !lab.truth ? okl.button({ key: "truth", label: "Does it really work?", focusKey: "truth", onclick: () => ui.send("truth") }) : null),
        lab.trial ? h("p", { key: "trial-told" }, lab.trial) : null,
        lab.truth ? h("p", { key: "truth-told" }, h("b", null, lab.truth), " Only a simulation can tell.") : null,
        h("p", { class: "okl-part" }, h("b", null, "The same experiment 20 times")),
        h("div", { class: "okl-numbers" },
          select("If the button in truth", "truth-is", real, [["nothing", "does nothing"], ["works", lab.lift]], (v) => { truth = v; }),
          okl.button({ key: "many", label: "Run it 20 times", focusKey: "many", onclick: () => ui.send("many", { visitors: size, truth: real }) })),
        lab.many ? drawMany(lab) : null,
        h("p", { class: "okl-part" }, h("b", null, "Eight ideas, one a week")),
        h("p", null, "What is kept is the page from the next week on. So a team works its way up from 4 %."),
        h("div", null, okl.button({ label: lab.programme ? "Try them again" : "Try the eight ideas", focusKey: "programme", onclick: () => ui.send("programme", { visitors: size }) })),
        lab.programme ? drawProgramme(lab) : null,
        drawAssumptions("The experiments assume", lab.assumptions));
    };

    const drawAssumptions = (label, list) =>
      h("div", { key: label, class: "okl-assumptions okl-small" }, h("p", null, h("b", null, label)), h("ul", null, list.map((text, n) => h("li", { key: n }, text))));

    return {
      render(view) {
        const { results } = view;
        if (results) guess = { first: null, leads: "", revenue: "" };
        return [
          h("div", { key: "head" }, h("p", { class: "okl-title" }, "From visitor to revenue"), h("p", null, view.case), h("p", { class: "okl-task" }, view.task)),
          results ? drawResults(results) : [drawGuess(view), drawSliders(view)],
          drawAssumptions("The funnel assumes", view.assumptions),
          h("div", { key: "actions" }, results
            ? okl.actions([okl.button({ key: "again", label: "Guess again, as the sliders stand", focusKey: "again", onclick: () => { ui.focus(`first-${view.firsts[0][0]}`); ui.send("again"); } })], null)
            : okl.actions([], okl.button({ key: "reveal", kind: "primary", label: "Show what happens", focusKey: "reveal", onclick: () => { ui.focus("told"); ui.send("guess", { ...guess }); } }))),
          drawExperiments(view),
        ];
      },
      destroy() {
        if (restTimer !== null) rest();
        chart.destroy();
      },
    };
  },
});
