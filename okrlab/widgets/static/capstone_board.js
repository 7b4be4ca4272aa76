// CapstoneBoard: columns of cards, one of them open with its details and its moves. What is typed is
// shown from `typed` until Python has it, so that no letter is ever taken back.
export default okl.widget({
  name: "capstone-board",
  setup(ui) {
    const { h, button, actions, roleMark, disclosure, plural } = okl;
    const SEND_AFTER = 150, REST_AFTER = 700; // ms after a key
    const SIGN = { ahead: "task", kpi: "kpi", health: "health_metric", okr: "metric_key_result", done: null };
    const EMPTY = { ahead: "Nothing is waiting to be watched.", kpi: "No KPI yet.", health: "No health metric yet: watch a measure and give it a band.", okr: "No key result yet.", done: "Nothing is retired." };
    const FORMATS = [["markdown", "Board: Markdown"], ["xlsx", "Board: Excel"], ["record", "Record: JSON, to be verified"], ["record-html", "Record: page to read"]];
    const typed = new Map(); // "id field" -> { id, field, value, ack, timer }
    let fresh = "", kind = "measure";
    let left = new Set(); // offers that are not ticked
    let nameTyped = null; // { value, ack, timer }
    let panel = false, showHistory = false, copied = false;
    let restTimer = null;

    // -- typing --------------------------------------------------------------------------------------

    const send = (entry) => { if (!entry.ack) { clearTimeout(entry.timer); entry.ack = ui.send("edit", { id: entry.id, field: entry.field, text: entry.value }); } };
    const sendName = () => { if (nameTyped && !nameTyped.ack) { clearTimeout(nameTyped.timer); nameTyped.ack = ui.send("name", { text: nameTyped.value }); } };
    const sendAll = () => { for (const entry of typed.values()) send(entry); sendName(); };
    const rest = () => { clearTimeout(restTimer); restTimer = setTimeout(() => { restTimer = null; sendAll(); ui.send("rest"); }, REST_AFTER); };
    const type = (id, field, value) => {
      const key = `${id} ${field}`;
      clearTimeout(typed.get(key)?.timer);
      const entry = { id, field, value, ack: null };
      entry.timer = setTimeout(() => send(entry), SEND_AFTER);
      typed.set(key, entry);
      rest();
    };
    const typeName = (value) => { clearTimeout(nameTyped?.timer); nameTyped = { value, ack: null, timer: setTimeout(sendName, SEND_AFTER) }; rest(); };
    const current = (id, field, kept) => typed.get(`${id} ${field}`)?.value ?? kept;
    const forget = () => {
      for (const [key, entry] of typed) if (entry.ack && ui.settled(entry.ack)) typed.delete(key);
      if (nameTyped?.ack && ui.settled(nameTyped.ack)) nameTyped = null;
    };
    const act = (type_, data = {}) => { sendAll(); return ui.send(type_, data); };
    const onHide = () => { if (document.visibilityState === "hidden") { sendAll(); if (restTimer !== null) { clearTimeout(restTimer); restTimer = null; ui.send("rest"); } } };
    document.addEventListener("visibilitychange", onHide);

    // -- the columns -----------------------------------------------------------------------------------

    const card = (view, c) => h("li", { key: c.id },
      h("button", { type: "button", class: `cb-card cb-${c.state.replace(" ", "-")}`, focusKey: `card-${c.id}`, "aria-current": view.here?.id === c.id ? "true" : null,
        onclick: () => { ui.focus("field-name"); act("show", { id: c.id }); } },
      h("span", { class: "cb-card-head" }, roleMark(c.mark), h("span", { class: "cb-card-name" }, current(c.id, "name", "").trim() || c.name)),
      h("span", { class: "cb-card-state" }, c.alert ? h("b", { class: "cb-alarm" }, h("span", { "aria-hidden": "true" }, "▲ "), c.critical ? "critical alert" : "alert") : c.state,
        c.waits ? ", waits for a critical alert" : "", c.trouble ? ", something cannot be read" : ""),
      c.told ? h("span", { class: "okl-small okl-muted" }, c.told) : null));

    const findings = (list) => list.length ? h("ul", { class: "okl-plain cb-findings" }, list.map((f, i) => h("li", { key: `${f.id}${i}`, class: `cb-finding cb-${f.severity}` },
      h("b", null, h("span", { "aria-hidden": "true" }, `${f.sign} `), `${f.word}: `), f.advice,
      f.rewrite ? h("span", { class: "cb-rewrite okl-small" }, h("span", { class: "okl-muted" }, "Perhaps: "), f.rewrite) : null))) : null;

    const objective = (view, column, o) => h("div", { key: `o-${o.text}`, class: "cb-objective" },
      h("p", { class: "cb-objective-name" }, roleMark("objective"), h("span", null, o.text)),
      h("ul", { class: "okl-plain cb-cards" }, column.cards.filter((c) => c.objective === o.text).map((c) => card(view, c))),
      o.set.counts ? h("p", { class: "okl-small okl-muted" }, `As a set, with the health metrics beside it: ${o.set.counts}.`) : null,
      o.note ? h("p", { class: "okl-small" }, o.note) : null,
      findings(o.set.findings));

    const column = (view, c) => c.id === "done" && !c.cards.length ? null
      : h("section", { key: c.id, class: `cb-column cb-col-${c.id}${SIGN[c.id] ? ` okl-role-${SIGN[c.id]}` : ""}`, "aria-label": c.title },
        h("p", { class: "cb-column-head" }, SIGN[c.id] ? roleMark(SIGN[c.id]) : null, c.id === "okr" ? roleMark("milestone_key_result") : null, h("span", null, c.title), h("span", { class: "okl-small okl-muted" }, String(c.cards.length))),
        c.id === "okr" && view.objectives.length ? view.objectives.map((o) => objective(view, c, o))
          : c.cards.length ? h("ul", { class: "okl-plain cb-cards" }, c.cards.map((x) => card(view, x)))
          : h("p", { class: "okl-small okl-muted" }, EMPTY[c.id]));

    // -- one piece of work -----------------------------------------------------------------------------

    const field = (here, f) => {
      const id = `${ui.id}-${here.id}-${f.id}`;
      const value = current(here.id, f.id, f.value);
      const now = (v) => { type(here.id, f.id, v); sendAll(); ui.redraw(); };
      const shared = { id, focusKey: `field-${f.id}`, "aria-describedby": f.help ? `${id}-help` : null };
      if (f.kind === "yes") {
        return h("label", { key: f.id, class: "okl-option cb-yes cb-wide", for: id }, h("input", { ...shared, type: "checkbox", checked: value === "yes", onchange: (e) => now(e.currentTarget.checked ? "yes" : "") }), h("span", null, f.label));
      }
      const text = { ...shared, class: "okl-field", value, maxlength: f.most, dir: "auto", autocomplete: "off", oninput: (e) => { type(here.id, f.id, e.currentTarget.value); ui.redraw(); }, onblur: sendAll };
      const control = f.kind === "choice"
        ? h("select", { ...shared, class: "okl-field", value: value || f.options[0].id, onchange: (e) => now(e.currentTarget.value) }, f.options.map((o) => h("option", { key: o.id, value: o.id }, o.text)))
        : f.kind === "long" ? h("textarea", { ...text, rows: 1, class: "okl-field cb-long" })
          : f.kind === "day" ? h("input", { ...text, type: "date", oninput: null, onchange: (e) => now(e.currentTarget.value) })
            : h("input", { ...text, type: "text", inputmode: f.kind === "number" ? "decimal" : null });
      return h("div", { key: f.id, class: f.kind === "long" || f.id === "name" ? "cb-wide" : "" },
        h("label", { for: id, class: "cb-label" }, f.role ? roleMark(f.role) : null, h("span", null, f.label)), control,
        f.help ? h("p", { id: `${id}-help`, class: "okl-small okl-muted" }, f.help) : null);
    };

    const guard = (g) => h("li", { key: g.name, class: g.holds ? "cb-holds" : "cb-missing" },
      h("b", null, h("span", { "aria-hidden": "true" }, g.holds ? "✓ " : "✕ "), g.name, h("span", { class: "okl-sr" }, g.holds ? ": fulfilled" : ": missing")),
      g.failed ? h("span", null, ` ${g.failed} `, h("span", { class: "cb-remedy" }, g.remedy)) : null);

    const moving = (here) => {
      const open = here.open;
      return h("section", { key: "moves", class: "cb-moves", "aria-label": "Moves" },
        h("p", { class: "cb-label" }, here.moves.length ? "Where can it go from here?" : "It is at its end. Add a new measure if it matters again."),
        h("div", { class: "cb-buttons" }, here.moves.map((m) => button({ key: m.id, label: m.label, class: "cb-move", focusKey: `move-${m.id}`, "aria-expanded": open?.move === m.id,
          onclick: () => { if (open?.move === m.id) act("close"); else { ui.focus(`move-${m.id}`); act("open", { id: here.id, move: m.id }); } } }))),
        open ? h("div", { key: `open-${open.move}`, class: "cb-open" },
          h("p", { class: "cb-open-title" }, `${open.title}: then it is “${open.to}”`),
          open.fields.length ? h("div", { class: "cb-fields" }, open.fields.map((f) => field(here, f))) : null,
          open.trouble ? h("p", { class: "cb-trouble" }, open.trouble) : null,
          h("ul", { class: "okl-plain cb-guards", "aria-label": "Conditions" }, open.guards.map(guard)),
          here.reads && (open.move === "focus" || open.move === "promise") ? h("p", { class: "okl-small okl-muted" }, "Values, unit and owner stand in the details above.") : null,
          actions(button({ label: "Not now", focusKey: "move-close", onclick: () => { ui.focus(`move-${open.move}`); act("close"); } }),
            button({ label: open.button, kind: "primary", focusKey: "move-do", disabled: !open.ready, "aria-label": open.ready ? open.button : `${open.button}: a condition is missing`,
              onclick: () => { ui.focus(`card-${here.id}`); act("move", { id: here.id, move: open.move }); } }))) : null);
    };

    const one = (view) => {
      const here = view.here;
      if (!here) return null;
      return h("section", { key: `one-${here.id}`, class: "cb-one okl-stack", "aria-label": `Details of ${here.label}` },
        h("p", { class: "cb-one-head" }, roleMark(here.mark), h("b", null, current(here.id, "name", "").trim() || here.label), h("span", { class: "cb-chip" }, here.state)),
        h("p", null, here.promise ? [h("b", null, "Promised: "), here.promise + ". "] : null, h("span", { class: "okl-muted" }, here.next)),
        h("div", { class: "cb-fields" }, here.fields.map((f) => field(here, f))),
        here.limits ? h("p", { class: "okl-small" }, h("b", null, "Natural limits: "), here.limits) : null,
        here.trouble ? h("p", { class: "cb-trouble" }, here.trouble) : null,
        findings(here.findings),
        moving(here),
        h("div", { class: "cb-buttons" }, button({ label: "Remove it from the board", kind: "quiet", focusKey: "remove", onclick: () => { ui.focus("undo"); act("remove", { id: here.id }); } })));
    };

    // -- adding and taking over ------------------------------------------------------------------------

    const add = () => {
      if (!fresh.trim()) { ui.focus("fresh"); ui.redraw(); return; }
      act("add", { name: fresh.trim(), what: kind });
      if (ui.view.room > 0) fresh = "";
      ui.focus("field-name");
      ui.redraw();
    };
    const adding = (view) => h("div", { key: "adding", class: "cb-adding" },
      h("label", { for: `${ui.id}-fresh`, class: "cb-label" }, "Add to the board"),
      h("div", { class: "cb-row" },
        h("input", { id: `${ui.id}-fresh`, type: "text", class: "okl-field", value: fresh, maxlength: view.limit, dir: "auto", autocomplete: "off", focusKey: "fresh", placeholder: kind === "measure" ? "A measure, such as days until an answer" : "A milestone, such as the portal is open",
          oninput: (e) => { fresh = e.currentTarget.value; }, onkeydown: (e) => { if (e.key === "Enter") { e.preventDefault(); add(); } } }),
        h("select", { class: "okl-field cb-kind", "aria-label": "What it is", value: kind, focusKey: "kind", onchange: (e) => { kind = e.currentTarget.value; ui.redraw(); } },
          h("option", { key: "m", value: "measure" }, "Measure"), h("option", { key: "s", value: "milestone" }, "Milestone")),
        button({ label: "Add", "aria-label": "Add to the board", focusKey: "add", onclick: add })));

    const offering = (view) => view.offers.length ? h("section", { key: "offers", class: "cb-panel okl-stack", "aria-label": "Take over what you typed before" },
      h("p", { class: "cb-label" }, `You have typed ${plural(view.offers.length, "line")} elsewhere in this course. Take them over?`),
      h("ul", { class: "okl-plain cb-offers", "data-scroll": "", tabindex: "0", "aria-label": "Lines to take over" }, view.offers.map((o) => h("li", { key: o.n },
        h("label", { class: "cb-pick" },
          h("input", { type: "checkbox", checked: !left.has(o.n), focusKey: `offer-${o.n}`, onchange: (e) => { if (e.currentTarget.checked) left.delete(o.n); else left.add(o.n); ui.redraw(); } }),
          roleMark(o.kind === "milestone" ? "milestone_key_result" : "kpi"),
          h("span", null, o.name, h("span", { class: "okl-small okl-muted" }, ` from ${o.source}${o.objective ? `, for “${o.objective}”` : ""}`)))))),
      actions(button({ label: "No, leave them", focusKey: "offers-none", onclick: () => { ui.focus("fresh"); act("take", { offers: [] }); } }),
        button({ label: `Take over ${plural(view.offers.length - view.offers.filter((o) => left.has(o.n)).length, "line")}`, kind: "primary", focusKey: "offers-take",
          onclick: () => { ui.focus("field-name"); act("take", { offers: view.offers.map((o) => o.n).filter((n) => !left.has(n)) }); left = new Set(); } }))) : null;

    // -- taking it along -------------------------------------------------------------------------------

    const bytes = (file) => {
      if (!file.base64) return [file.text];
      const raw = atob(file.base64);
      return [Uint8Array.from(raw, (c) => c.charCodeAt(0))];
    };
    const download = (file) => {
      const url = URL.createObjectURL(new Blob(bytes(file), { type: file.base64 ? file.type : `${file.type};charset=utf-8` }));
      const link = document.createElement("a");
      link.href = url;
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      ui.announce(`${file.name} is in your downloads.`);
    };
    const copy = async (text, id) => {
      try { await navigator.clipboard.writeText(text); copied = true; } catch {
        const area = ui.root.querySelector(`#${CSS.escape(id)}`);
        area?.focus();
        area?.select();
        try { copied = document.execCommand("copy"); } catch { copied = false; }
      }
      ui.announce(copied ? "Copied." : "The text is selected. Press Ctrl and C to copy it.");
      ui.redraw();
    };
    const exporting = (view) => {
      const file = view.export;
      if (!panel || !file) return null;
      const id = `${ui.id}-export`;
      return h("section", { key: "export", class: "cb-panel okl-stack", "aria-label": "Take it with you" },
        h("div", { class: "cb-buttons", role: "group", "aria-label": "What to take" }, FORMATS.map(([format, label]) =>
          button({ key: format, label, "aria-pressed": file.format === format, focusKey: `format-${format}`, onclick: () => { copied = false; act("export", { format }); } }))),
        file.record ? h("div", { key: "who" },
          h("label", { for: `${ui.id}-name`, class: "cb-label" }, "Your name in the record"),
          h("input", { id: `${ui.id}-name`, type: "text", class: "okl-field", value: nameTyped?.value ?? view.name, maxlength: view.name_limit, autocomplete: "name", focusKey: "name", oninput: (e) => typeName(e.currentTarget.value), onblur: sendAll }),
          h("ul", { class: "cb-says" }, file.says.map((line, i) => h("li", { key: i }, line))),
          h("p", { class: "okl-small okl-muted" }, "A coach checks the JSON file with “okrlab verify”: every answer in it is marked anew. It holds all your answers, so give it only to whom you like.")) : null,
        file.format === "markdown" ? h("div", { key: "text" }, h("label", { for: id, class: "cb-label" }, file.name),
          h("textarea", { id, class: "okl-field cb-file", rows: 8, readonly: true, value: file.text, focusKey: "export-text", "data-scroll": "" })) : null,
        file.written ? h("p", { key: "written" }, h("span", { class: "okl-right", "aria-hidden": "true" }, "✓ "), `Written beside this notebook: ${file.written}`) : null,
        actions([button({ label: "Close", focusKey: "export-close", onclick: () => { panel = false; ui.focus("export"); act("export", { format: "" }); } }),
          file.format === "markdown" ? button({ key: "copy", label: copied ? "✓ Copied" : "Copy the text", focusKey: "copy", onclick: () => copy(file.text, id) }) : null,
          button({ key: "write", label: "Write it beside this notebook", focusKey: "write", onclick: () => act("write") })],
        button({ label: "Download the file", kind: "primary", focusKey: "download", onclick: () => download(file) })));
    };

    return {
      render(view) {
        forget();
        const any = view.columns.some((c) => c.cards.length);
        return [
          h("div", { key: "top" }, h("p", { class: "okl-title" }, "Your own board"),
            h("p", { class: "okl-small okl-muted" }, "Saved as you write. Nothing leaves this computer. The rules for moving work are this course's reconstruction.")),
          offering(view),
          any ? null : h("div", { key: "welcome", class: "okl-empty" }, h("p", null, "Nothing on the board yet. Add a measure or a milestone, or look at an example first."),
            h("div", { class: "cb-buttons cb-start" }, button({ label: "Show me an example", focusKey: "example", onclick: () => { ui.focus("field-name"); act("example"); } }))),
          view.waiting.length ? h("p", { key: "waiting", class: "cb-waiting" }, h("b", null, h("span", { "aria-hidden": "true" }, "▲ "), "Something critical is in alert. "), `These wait: ${view.waiting.join(", ")}.`) : null,
          any ? h("div", { key: "columns", class: "cb-columns" }, view.columns.map((c) => column(view, c))) : null,
          view.undo ? h("div", { key: "undo", class: "cb-undo" }, h("p", { class: "okl-small" }, h("span", { class: "okl-muted" }, "Latest step: "), view.undo + "."), button({ label: "Undo", "aria-label": `Undo: ${view.undo}`, focusKey: "undo", onclick: () => { ui.focus("fresh"); act("undo"); } })) : null,
          one(view),
          view.room > 0 ? adding(view) : h("p", { key: "full", class: "okl-small okl-muted" }, `${view.most} pieces of work are as many as fit here.`),
          view.history.length ? disclosure({ key: "history", label: `${plural(view.history.length, "move")} so far`, open: showHistory, focusKey: "history", ontoggle: () => { showHistory = !showHistory; ui.redraw(); } },
            h("ol", { class: "cb-history okl-small" }, view.history.map((s, i) => h("li", { key: view.history.length - i }, h("b", null, `${s[0]} · ${s[1]} · ${s[2]}. `), s[3])))) : null,
          exporting(view),
          panel ? null : h("div", { key: "foot", class: "cb-buttons" }, button({ label: "Take it with you", focusKey: "export", onclick: () => { panel = true; copied = false; ui.focus("format-markdown"); act("export", { format: "markdown" }); } })),
        ];
      },
      destroy() {
        document.removeEventListener("visibilitychange", onHide);
        sendAll();
        if (restTimer !== null) { clearTimeout(restTimer); ui.send("rest"); }
      },
    };
  },
});
