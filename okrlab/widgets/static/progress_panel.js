// The ProgressPanel: a path of lessons, and a bar for each concept.
export default okl.widget({
  name: "progress-panel",
  setup(ui) {
    "use strict";
    const { h } = okl;
    const uid = Math.random().toString(36).slice(2, 8);
    const FEW = 3; // ideas that are spelled out at once
    const open = new Map(); // lesson number -> whether its concepts are shown
    let allIdeas = false;

    // A ring that fills with the answers given, and a disc with a tick once mastered.
    const node = (lesson) => {
      const { state, mastery } = lesson;
      const full = state === "mastered" || state === "taken";
      const part = mastery ? Math.min(1, mastery.answers / mastery.needed) : 0;
      const round = 2 * Math.PI * 17;
      return h("svg", { class: `pp-node pp-${state}`, viewBox: "0 0 44 44", "aria-hidden": "true", focusable: "false" },
        h("circle", { class: "pp-track", cx: 22, cy: 22, r: 17 }),
        !full && part ? h("circle", { class: "pp-part", cx: 22, cy: 22, r: 17, "stroke-dasharray": `${part * round} ${round}`, transform: "rotate(-90 22 22)" }) : null,
        full ? h("polyline", { class: "pp-tick", points: "14.5,22.5 20,28 30,17" })
             : h("text", { class: "pp-digit", x: 22, y: 22, "text-anchor": "middle", "dominant-baseline": "central" }, lesson.number));
    };

    const percent = (share) => `${Math.floor(share * 100 + 1e-9)}%`;

    // The mean mark of the latest answers, with the mark to reach.
    const bar = (concept, goal) => {
      const none = concept.share === null;
      const few = concept.answers < concept.needed;
      const words = none ? concept.words
        : few ? `${percent(concept.share)} of ${okl.plural(concept.answers, "answer")}, ${concept.needed} needed`
        : `${percent(concept.share)} of ${okl.plural(concept.answers, "answer")}`;
      return h("li", { key: concept.id, class: "pp-concept" },
        h("span", { class: "pp-name" }, concept.title),
        h("span", { class: `pp-bar ${few ? "pp-few" : ""}`, "aria-hidden": "true" },
          h("span", { class: "pp-fill", style: { width: `${none ? 0 : 100 * concept.share}%` } }),
          h("span", { class: "pp-goal", style: { left: `${100 * goal}%` } })),
        h("span", { class: "pp-words" }, words, concept.state === "mastered" ? h("b", null, " ✓ Mastered") : null));
    };

    const isOpen = (lesson) => open.get(lesson.number) ?? lesson.state === "learning";

    const lesson = (entry, view) => h("li", { key: entry.number, class: `pp-lesson pp-is-${entry.state}` },
      node(entry),
      h("div", { class: "pp-body" },
        h("p", { class: "pp-title" }, h("b", null, `Lesson ${entry.number}: ${entry.title}`)),
        h("p", { class: "okl-muted" }, entry.words),
        entry.concepts.length
          ? okl.disclosure({
              label: okl.plural(entry.concepts.length, "concept"), open: isOpen(entry), class: "pp-more",
              focusKey: `lesson-${entry.number}`,
              ontoggle: () => { open.set(entry.number, !isOpen(entry)); ui.redraw(); },
            },
            entry.mastery.state === "learning"
              ? h("div", null, h("p", null, h("b", null, "Still to do")), h("ul", { class: "pp-facts" }, entry.mastery.missing.map((m) => h("li", null, m)))) : null,
            h("ul", { class: "okl-plain pp-concepts" }, entry.concepts.map((c) => bar(c, view.bar))),
            h("p", { class: "okl-muted okl-small" }, `The line on each bar stands at ${percent(view.bar)}, the average to reach over your latest answers.`))
          : null));

    const part = (name, title, ...kids) => h("div", { key: name, class: "pp-section", role: "group", "aria-labelledby": `${uid}-${name}` },
      h("p", { class: "pp-section-title", id: `${uid}-${name}` }, title), kids);

    const idea = (m) => h("li", null,
      h("p", null, h("b", null, `“${m.title}”`), h("span", { class: "okl-muted" }, ` ${m.times === 1 ? "once" : m.times === 2 ? "twice" : `${m.times} times`}`)),
      okl.line("Instead:", m.repair),
      m.lesson ? h("p", { class: "okl-muted" }, `Repaired in ${m.lesson}.`) : null);

    // What was answered elsewhere on the page is shown as soon as the panel comes into sight.
    const watch = new IntersectionObserver(([entry]) => {
      if (entry.isIntersecting) ui.send("refresh", { unasked: true });
    }, { rootMargin: "240px 0px" });
    watch.observe(ui.root);

    const ideas = (alive) => [
      h("ul", { class: "okl-plain pp-ideas" }, alive.slice(0, FEW).map(idea)),
      alive.length > FEW
        ? okl.disclosure({
            key: "more", label: `${alive.length - FEW} more`, open: allIdeas, focusKey: "more-ideas", class: "pp-more",
            ontoggle: () => { allIdeas = !allIdeas; ui.redraw(); },
          }, h("ul", { class: "okl-plain pp-ideas" }, alive.slice(FEW).map(idea)))
        : null,
    ];

    // Right before and after, and the interval of the difference on a scale from all lost to all won.
    const at = (difference) => `${50 + 50 * difference}%`;
    const test = (name, right, pairs) => h("div", { class: "pp-test" },
      h("span", null, name),
      h("span", { class: "pp-bar" }, h("span", { class: "pp-fill", style: { width: `${(100 * right) / pairs}%` } })),
      h("span", { class: "pp-words" }, `${right} of ${pairs}`));
    const gain = ({ pairs, before, after, difference, low, high }) => h("div", { class: "pp-gain", "aria-hidden": "true" },
      test("Pretest", before, pairs),
      test("Final test", after, pairs),
      h("div", { class: "pp-test" },
        h("span", null, "Difference"),
        h("span", { class: "pp-scale" },
          h("span", { class: "pp-nought" }),
          h("span", { class: "pp-interval", style: { left: at(low), width: `${50 * (high - low)}%` } }),
          h("span", { class: "pp-point", style: { left: at(difference) } })),
        h("span", { class: "pp-ends" }, h("span", null, "−100"), h("span", null, "0"), h("span", null, "+100"))));

    const refresh = () => okl.actions(null, okl.button({ label: "Show the latest", focusKey: "refresh", onclick: () => ui.send("refresh") }));

    return {
      render(view) {
        const path = h("ol", { class: "okl-plain pp-path", key: "path", "aria-label": "Lessons" }, view.lessons.map((entry) => lesson(entry, view)));
        if (!view.started) {
          return [h("p", { class: "okl-title", key: "title" }, "Your progress"), h("div", { class: "pp-next", key: "next" }, h("p", null, view.next)), path, refresh()];
        }
        return [
          h("div", { key: "title" }, h("p", { class: "okl-title" }, view.headline), h("p", { class: "okl-muted" }, view.facts.join(" · "))),
          h("div", { class: "pp-next", key: "next" }, h("p", null, h("b", null, "What to do next")), h("p", null, view.next)),
          path,
          view.alive.length
            ? part("ideas", "Ideas that came up lately", ideas(view.alive))
            : view.facts.length ? part("ideas", "Ideas that came up lately", h("p", { class: "okl-muted" }, "None in your latest answers.")) : null,
          view.gain_words.length
            ? part("gain", "What you have gained", view.gain ? gain(view.gain) : null,
                view.gain ? h("ul", { class: "pp-facts" }, view.gain_words.map((w) => h("li", null, w)))
                          : h("p", { class: "okl-muted" }, view.gain_words[0]))
            : null,
          view.pretest || view.since ? part("sure", "How sure you were",
            h("ul", { class: "pp-facts" },
              view.pretest ? h("li", null, h("b", null, "In the pretest: "), view.pretest) : null,
              view.since ? h("li", null, h("b", null, "Since then: "), view.since) : null)) : null,
          refresh(),
        ];
      },
      destroy() { watch.disconnect(); },
    };
  },
});
