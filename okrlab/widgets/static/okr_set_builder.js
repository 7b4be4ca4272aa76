// Objectives with three lists of lines. What is typed is shown from `typed` until Python has it, so
// that an answer that arrives while somebody types never takes letters back.
const okrlabSet = (() => {
  const { h, button, actions, disclosure, roleMark, ROLES, plural } = okl;

  const SEND_AFTER = 120; // ms after a key
  const REST_AFTER = 700; // ms: now it is saved, and a screen reader hears what changed
  const SIGN = { key_result: "metric_key_result", kpi: "kpi", health_metric: "health_metric" };
  const LISTS = {
    key_result: ["Key results", "What should change, from where to where. Two to five are enough."],
    kpi: ["KPIs", "What you watch beside them, quarter after quarter."],
    health_metric: ["Health metrics", "What must not get worse meanwhile."],
  };
  const MOVE_TO = [["key_result", "Key result"], ["kpi", "KPI"], ["health_metric", "Health metric"]];
  const FORMATS = [["markdown", "Markdown"], ["csv", "CSV (spreadsheet)"], ["json", "JSON"]];
  const PAY = [["", "Not said"], ["yes", "Yes"], ["no", "No"]];

  const setup = (ui) => {
    const uid = ui.id;
    const typed = new Map(); // id of a line or objective -> { value, ack, timer, rest }
    const fresh = { key_result: "", kpi: "", health_metric: "" }; // what stands in the add fields
    const opened = new Set(); // lines whose advice is open
    let heard = new Map(); // line -> what was announced of it
    let panel = null; // "paste" or "export"
    let around = false;
    let pasteText = "";
    let preview = 0; // number of the paste that `ticked` belongs to
    let ticked = new Set();
    let copied = false;

    // -- typing ------------------------------------------------------------------------------------

    const send = (id) => {
      const entry = typed.get(id);
      if (!entry || entry.ack) return;
      clearTimeout(entry.timer);
      entry.ack = ui.send("edit", { id, text: entry.value });
    };
    const sendAll = () => { for (const id of typed.keys()) send(id); };

    let restTimer = null;
    const rest = (id) => {
      clearTimeout(restTimer);
      restTimer = setTimeout(() => {
        restTimer = null;
        sendAll();
        ui.send("rest");
        setTimeout(() => hear(id), 150);
      }, REST_AFTER);
    };

    const hear = (id) => {
      const line = ui.view.lists.flatMap((l) => l.lines).find((l) => l.id === id);
      if (!line?.heard || typed.has(id) || heard.get(id) === line.heard) return;
      heard.set(id, line.heard);
      ui.announce(line.heard);
    };

    const type = (id, value) => {
      clearTimeout(typed.get(id)?.timer);
      const entry = { value, ack: null, timer: setTimeout(() => send(id), SEND_AFTER) };
      typed.set(id, entry);
      rest(id);
      ui.redraw();
    };
    const current = (id, kept) => typed.get(id)?.value ?? kept;
    const forget = () => {
      for (const [id, entry] of typed) if (entry.ack && ui.settled(entry.ack)) typed.delete(id);
    };
    const act = (kind, data = {}) => { sendAll(); return ui.send(kind, data); };

    const oneLine = (value) => value.replace(/\s*\n\s*/g, " ");

    // -- objectives --------------------------------------------------------------------------------

    const tabs = (view) => view.objectives.length < 2 ? null
      : h("div", { key: "tabs", class: "okl-os-tabs", role: "tablist", "aria-label": "Objectives" },
        view.objectives.map((o, i) => {
          const chosen = o.id === view.current;
          return h("button", {
            key: o.id, type: "button", role: "tab", class: "okl-button okl-os-tab", id: `${uid}-tab-${o.id}`,
            "aria-selected": chosen, "aria-controls": `${uid}-panel`, tabindex: chosen ? "0" : "-1", focusKey: `tab-${o.id}`,
            onclick: () => { act("show", { id: o.id }); },
            onkeydown: (event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
              const to = event.key === "Home" ? 0 : event.key === "End" ? view.objectives.length - 1
                : step ? (i + step + view.objectives.length) % view.objectives.length : null;
              if (to === null) return;
              event.preventDefault();
              act("show", { id: view.objectives[to].id });
              ui.focus(`tab-${view.objectives[to].id}`);
            },
          }, h("span", null, `${i + 1}. ${o.text || "No words yet"}`), h("span", { class: "okl-small okl-muted" }, plural(o.n, "line")));
        }));

    const objective = (view) => {
      const id = view.current;
      const field = `${uid}-objective`;
      const shared = { "aria-describedby": view.note ? `${field}-note` : null };
      return h("div", { key: `objective-${id}`, class: "okl-os-objective" },
        h("label", { for: field, class: "okl-os-name" }, roleMark("objective"), h("span", null, "Objective")),
        h("textarea", {
          id: field, class: "okl-field okl-os-words", rows: 1, value: current(id, view.objective), maxlength: view.limit,
          focusKey: "objective", "data-focus-home": "", dir: "auto", placeholder: "What should be true in the end?", ...shared,
          oninput: (event) => type(id, oneLine(event.currentTarget.value)), onblur: () => send(id),
          onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); ui.focus("add-key_result"); ui.redraw(); } },
        }),
        view.note ? h("p", { id: `${field}-note`, class: "okl-os-note" }, view.note) : null,
        h("div", { class: "okl-os-beneath" },
          disclosure({
            key: "around", label: view.cycle_end || view.pay ? "Cycle and pay (said)" : "Cycle and pay", open: around, focusKey: "around",
            ontoggle: () => { around = !around; ui.redraw(); },
          },
          h("div", { class: "okl-os-fields" },
            h("div", null,
              h("label", { for: `${uid}-end`, class: "okl-os-label" }, "The cycle ends on"),
              h("input", { id: `${uid}-end`, type: "date", class: "okl-field", value: view.cycle_end, focusKey: "end", onchange: (e) => act("context", { field: "cycle_end", value: e.currentTarget.value }) })),
            h("div", null,
              h("label", { for: `${uid}-pay`, class: "okl-os-label" }, "Does somebody's pay depend on it?"),
              h("select", { id: `${uid}-pay`, class: "okl-field", value: view.pay, focusKey: "pay", onchange: (e) => act("context", { field: "pay", value: e.currentTarget.value }) },
                PAY.map(([value, label]) => h("option", { key: `p${value}`, value }, label)))))),
          view.objectives.length > 1 || !view.empty
            ? button({ key: "drop", label: "Remove this objective", kind: "quiet", focusKey: "drop", onclick: () => { act("remove_objective", { id }); ui.focus("undo"); } })
            : null));
    };

    // -- lines -------------------------------------------------------------------------------------

    const finding = (line, found) => h("li", { key: found.id, class: `okl-os-finding okl-os-${found.severity}` },
      h("p", null, h("b", { class: "okl-os-severity" }, h("span", { "aria-hidden": "true" }, `${found.sign} `), found.word, ": "), found.advice),
      found.rewrite
        ? h("div", { class: "okl-os-rewrite" },
          h("p", { class: "okl-small" }, h("span", { class: "okl-muted" }, "Perhaps: "), found.rewrite),
          button({ label: "Use this wording", focusKey: `use-${line.id}-${found.id}`, "aria-label": `Use this wording: ${found.rewrite}`, onclick: () => { act("use", { id: line.id, finding: found.id }); ui.focus(`line-${line.id}`); } }))
        : null);

    const lineAdvice = (line) => {
      if (!line.reads) return null;
      const open = opened.has(line.id);
      if (line.doubt) {
        return h("div", { class: "okl-os-doubt" },
          h("p", null, roleMark(line.reads.kind), " ", line.doubt.words),
          h("div", { class: "okl-os-choices" },
            line.doubt.move ? button({ label: line.doubt.move, focusKey: `to-${line.id}`, onclick: () => { act("role", { id: line.id, role: line.doubt.to }); ui.focus(`line-${line.id}`); } }) : null,
            button({ label: line.doubt.stay, kind: "quiet", focusKey: `stay-${line.id}`, onclick: () => { act("stay", { id: line.id }); ui.focus(`line-${line.id}`); } })));
      }
      const [top, ...others] = line.findings;
      const worth = top && top.severity !== "info";
      const shown = open ? line.findings : worth ? [top] : [];
      const left = line.findings.length - (worth ? 1 : 0);
      return h("div", { class: "okl-os-advice" },
        worth ? null : h("p", { class: "okl-small okl-os-fine" },
          line.reads.kind ? [h("span", { class: "okl-right", "aria-hidden": "true" }, "✓ "), "Nothing to mend."] : line.reads.why),
        shown.length ? h("ul", { class: "okl-plain" }, shown.map((f) => finding(line, f))) : null,
        left > 0 || (top?.rewrite && !open)
          ? h("button", {
            type: "button", class: "okl-button okl-quiet okl-os-more", "aria-expanded": open, focusKey: `more-${line.id}`,
            onclick: () => { if (open) opened.delete(line.id); else opened.add(line.id); ui.redraw(); },
          }, h("span", { class: "okl-caret", "aria-hidden": "true" }, open ? "▾" : "▸"),
          h("span", null, open ? "Show less" : worth ? `${plural(left, "more point")}` : plural(left, "question")))
          : null);
    };

    const lineItem = (view, list, line, index) => {
      const value = current(line.id, line.text);
      const number = index + 1;
      const name = `${LISTS[list.role][0]}, line ${number}`;
      const move = (to) => { act("move", { id: line.id, to }); };
      const sign = list.role === "key_result" && line.reads?.kind === "milestone_key_result" && !line.doubt ? "milestone_key_result" : SIGN[list.role];
      const kind = line.reads?.kind && !line.doubt && ROLES[line.reads.kind] !== ROLES[SIGN[list.role]] && sign === line.reads.kind ? ROLES[sign] : null;
      return h("li", { key: line.id, class: "okl-os-line" },
        h("div", { class: "okl-os-row" },
          h("span", { class: "okl-os-sign", title: kind }, roleMark(sign)),
          h("textarea", {
            class: "okl-field okl-os-words", rows: 1, value, maxlength: view.limit, dir: "auto", "aria-label": name, focusKey: `line-${line.id}`,
            oninput: (event) => type(line.id, oneLine(event.currentTarget.value)), onblur: () => send(line.id),
            onkeydown: (event) => {
              if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) { event.preventDefault(); event.stopPropagation(); move(event.key === "ArrowUp" ? "up" : "down"); }
              else if (event.key === "Enter") { event.preventDefault(); ui.focus(`add-${list.role}`); ui.redraw(); }
            },
          }),
          h("div", { class: "okl-os-tools" },
            h("select", {
              class: "okl-field okl-os-role", "aria-label": `What ${name} is for`, value: line.role, focusKey: `role-${line.id}`,
              onchange: (event) => { act("role", { id: line.id, role: event.currentTarget.value }); ui.focus(`role-${line.id}`); },
            }, MOVE_TO.map(([role, label]) => h("option", { key: role, value: role }, label))),
            button({ label: "↑", class: "okl-os-icon", "aria-label": `Move up: ${name}`, title: "Move up (Alt+↑)", disabled: index === 0, focusKey: `up-${line.id}`, onclick: () => move("up") }),
            button({ label: "↓", class: "okl-os-icon", "aria-label": `Move down: ${name}`, title: "Move down (Alt+↓)", disabled: index === list.lines.length - 1, focusKey: `down-${line.id}`, onclick: () => move("down") }),
            button({ label: "✕", class: "okl-os-icon", "aria-label": `Remove: ${name}`, title: "Remove", focusKey: `remove-${line.id}`, onclick: () => { typed.delete(line.id); ui.focus(value.trim() ? "undo" : `add-${list.role}`); act("remove", { id: line.id }); } }))),
        h("div", { class: "okl-os-said" }, lineAdvice(line)));
    };

    const add = (role) => {
      const text = fresh[role].trim();
      if (!text) { ui.focus(`add-${role}`); ui.redraw(); return; }
      act("add", { role, text });
      fresh[role] = "";
      ui.focus(`add-${role}`);
      ui.redraw();
    };

    const pasted = (event) => {
      const text = event.clipboardData?.getData("text/plain") || "";
      if (!/[\t\n]\s*\S/.test(text.trim())) return; // one line is just typed in
      event.preventDefault();
      pasteText = text;
      panel = "paste";
      act("paste", { text });
      ui.focus("paste-list");
    };

    const list = (view, list) => {
      const [title, help] = LISTS[list.role];
      const id = `${uid}-add-${list.role}`;
      return h("section", { key: list.role, class: `okl-os-list okl-role-${SIGN[list.role]}`, "aria-label": title },
        h("div", { class: "okl-os-head" },
          h("p", { class: "okl-os-name" }, roleMark(SIGN[list.role]), list.role === "key_result" ? roleMark("milestone_key_result") : null, h("span", null, title)),
          h("p", { class: "okl-small okl-muted" }, help)),
        list.lines.length ? h("ol", { class: "okl-plain" }, list.lines.map((line, i) => lineItem(view, list, line, i))) : null,
        undo(view, list.role),
        h("div", { class: "okl-os-add" },
          h("input", {
            id, type: "text", class: "okl-field", value: fresh[list.role], maxlength: view.limit, dir: "auto", autocomplete: "off", focusKey: `add-${list.role}`,
            "aria-label": `Add to ${title.toLowerCase().replace("kpis", "KPIs")}`, placeholder: `Add a ${ { key_result: "key result", kpi: "KPI", health_metric: "health metric" }[list.role]}`,
            oninput: (event) => { fresh[list.role] = event.currentTarget.value; ui.redraw(); },
            onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); add(list.role); } },
            onpaste: pasted,
          }),
          button({ label: "Add", "aria-label": `Add to ${title}`, focusKey: `add-button-${list.role}`, onclick: () => add(list.role) })));
    };

    // -- the set as a whole ------------------------------------------------------------------------

    const whole = (view) => view.set.counts
      ? h("section", { key: "set", class: "okl-os-set", "aria-label": "The set as a whole" },
        h("p", { class: "okl-os-name" }, "The set as a whole"),
        h("p", { class: "okl-small okl-muted" }, view.set.counts + "."),
        view.set.findings.length
          ? h("ul", { class: "okl-plain" }, view.set.findings.map((f, i) => h("li", { key: `${f.id}${i}`, class: `okl-os-finding okl-os-${f.severity}` },
            h("p", null, h("b", { class: "okl-os-severity" }, h("span", { "aria-hidden": "true" }, `${f.sign} `), f.word, ": "), f.advice))))
          : h("p", null, h("span", { class: "okl-right", "aria-hidden": "true" }, "✓ "), "Count and balance are fine."))
      : null;

    // -- pasting -----------------------------------------------------------------------------------

    const closePaste = () => { panel = null; pasteText = ""; ui.focus("paste"); };

    const tick = (n, on) => { if (on) ticked.add(n); else ticked.delete(n); ui.redraw(); };

    const previewBox = (view) => {
      const paste = view.paste;
      if (paste.n !== preview) { preview = paste.n; ticked = new Set(paste.lines.map((line) => line.n)); }
      if (!paste.lines.length) return h("p", { key: "nothing" }, "No lines were found in it. Copy the cells or lines once more and paste them here.");
      const few = ticked.size;
      return h("div", { key: "preview", class: "okl-os-preview" },
        h("p", { class: "okl-os-label" }, `${plural(paste.lines.length, "line")} found. Nothing is added yet.`),
        paste.notes.map((note, i) => h("p", { key: `n${i}`, class: "okl-os-note" }, note)),
        h("ul", { class: "okl-plain okl-os-found", "data-scroll": "", tabindex: "0", "aria-label": "Lines found", focusKey: "paste-list" }, paste.lines.map((line) =>
          h("li", { key: `l${line.n}` }, h("label", { class: "okl-os-pick" },
            h("input", { type: "checkbox", checked: ticked.has(line.n), onchange: (e) => tick(line.n, e.currentTarget.checked) }),
            h("span", { class: "okl-os-picked" },
              h("span", null, line.text),
              h("span", { class: "okl-small okl-muted okl-os-where" }, roleMark(SIGN[line.to]), ` to ${LISTS[line.to][0]}`,
                line.objective ? ` · ★ ${line.objective}` : null)))))),
        actions(
          button({ label: "Cancel", focusKey: "paste-cancel", onclick: () => { act("cancel_paste"); closePaste(); } }),
          button({
            label: `Add ${plural(few, "line")}`, kind: "primary", focusKey: "paste-take", disabled: !few,
            onclick: () => { act("take", { lines: [...ticked].sort((a, b) => a - b) }); panel = null; pasteText = ""; ui.focus("undo"); },
          })));
    };

    const pasting = (view) => panel !== "paste" ? null
      : h("section", { key: "paste", class: "okl-os-panel", "aria-label": "Paste a list" },
        h("label", { for: `${uid}-paste`, class: "okl-os-name" }, "Paste a list"),
        h("p", { class: "okl-small okl-muted" }, "Copy cells from a spreadsheet or lines from a document and paste them here. You see what was found before anything is added."),
        h("textarea", {
          id: `${uid}-paste`, class: "okl-field", rows: 4, value: pasteText, focusKey: "paste-text", dir: "auto",
          oninput: (event) => { pasteText = event.currentTarget.value; ui.redraw(); },
          onpaste: (event) => { const el = event.currentTarget; setTimeout(() => { pasteText = el.value; if (pasteText.trim()) { act("paste", { text: pasteText }); ui.focus("paste-list"); } }, 0); },
        }),
        view.paste ? previewBox(view)
          : actions(
            button({ label: "Cancel", focusKey: "paste-cancel", onclick: () => { closePaste(); ui.redraw(); } }),
            button({ label: "See what is in it", kind: "primary", focusKey: "paste-see", onclick: () => { if (pasteText.trim()) { act("paste", { text: pasteText }); ui.focus("paste-list"); } else { ui.focus("paste-text"); ui.redraw(); } } })));

    // -- taking it away ----------------------------------------------------------------------------

    const copy = async (text, field) => {
      try { await navigator.clipboard.writeText(text); copied = true; } catch {
        const area = ui.root.querySelector(`#${CSS.escape(field)}`);
        area?.focus();
        area?.select();
        try { copied = document.execCommand("copy"); } catch { copied = false; }
      }
      ui.announce(copied ? "Copied." : "The text is selected. Press Ctrl and C to copy it.");
      ui.redraw();
    };

    const download = (file) => {
      const mark = file.format === "csv" ? "\ufeff" : ""; // Excel takes a CSV file for UTF-8 only with it
      const url = URL.createObjectURL(new Blob([mark + file.text], { type: `${file.type};charset=utf-8` }));
      const link = document.createElement("a");
      link.href = url;
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      ui.announce(`${file.name} is in your downloads.`);
    };

    const exporting = (view) => {
      if (panel !== "export") return null;
      const file = view.export;
      const field = `${uid}-export`;
      return h("section", { key: "export", class: "okl-os-panel", "aria-label": "Take it with you" },
        h("p", { class: "okl-os-name", id: `${uid}-formats` }, "Take it with you"),
        h("div", { class: "okl-os-choices", role: "group", "aria-labelledby": `${uid}-formats` }, FORMATS.map(([format, label]) =>
          button({ key: format, label, "aria-pressed": file?.format === format, focusKey: `format-${format}`, onclick: () => { copied = false; act("export", { format }); } }))),
        file ? [
          h("label", { key: "label", for: field, class: "okl-os-label" }, file.name),
          h("textarea", { key: "text", id: field, class: "okl-field okl-os-file", rows: 8, readonly: true, value: file.text, focusKey: "export-text", "data-scroll": "" }),
        ] : null,
        h("div", { key: "do" }, actions(
          [button({ label: "Close", focusKey: "export-close", onclick: () => { panel = null; act("export", { format: "" }); ui.focus("export"); } }),
            file ? button({ label: copied ? "✓ Copied" : "Copy the text", focusKey: "copy", onclick: () => copy(file.text, field) }) : null],
          file ? button({ label: "Download the file", kind: "primary", focusKey: "download", onclick: () => download(file) }) : null)));
    };

    const openPaste = () => { panel = "paste"; ui.focus("paste-text"); ui.redraw(); };
    const openExport = () => { panel = "export"; copied = false; act("export", { format: "markdown" }); ui.focus("format-markdown"); };

    // -- all of it ---------------------------------------------------------------------------------

    const welcome = (view) => view.empty && panel === null && !typed.size
      ? h("div", { key: "welcome", class: "okl-empty" },
        h("p", null, "Start with an objective below, or begin with something that is there:"),
        h("div", { class: "okl-os-choices okl-os-start" },
          button({ label: "Show me an example", focusKey: "example", onclick: () => { act("example"); ui.focus("objective"); } }),
          button({ label: "Paste a list from a spreadsheet", focusKey: "paste-first", onclick: openPaste })))
      : null;

    // Where the thing was, so that nobody has to look for it.
    const undo = (view, place) => view.undo && view.undo.place === place
      ? h("div", { key: "undo", class: "okl-os-undo" },
        h("p", null, `${view.undo.what}.`),
        button({ label: "Undo", "aria-label": `Undo: ${view.undo.what}`, focusKey: "undo", onclick: () => { act("undo"); ui.focus("undo"); } }))
      : null;

    const onHide = () => { if (document.visibilityState === "hidden") { sendAll(); if (restTimer !== null) { clearTimeout(restTimer); restTimer = null; ui.send("rest"); } } };
    document.addEventListener("visibilitychange", onHide);

    return {
      render(view) {
        forget();
        if (view.paste && panel === null) panel = "paste";
        return [
          h("div", { key: "top", class: "okl-os-top" },
            h("div", null,
              h("p", { class: "okl-title" }, "Your OKR set"),
              h("p", { class: "okl-small okl-muted" }, "Saved as you write. Nothing leaves this computer.")),
            button({
              label: "Add an objective", disabled: !view.more, focusKey: "add-objective",
              title: view.more ? null : `${view.most} objectives are more than most teams can keep in view.`,
              onclick: () => { act("add_objective"); ui.focus("objective"); },
            })),
          view.more ? null : h("p", { key: "full", class: "okl-small okl-muted" }, `${view.most} objectives are as many as fit here, and more than most teams can keep in view.`),
          welcome(view),
          undo(view, "top"),
          tabs(view),
          h("div", { key: "panel", id: `${uid}-panel`, class: "okl-stack", role: view.objectives.length > 1 ? "tabpanel" : null, "aria-labelledby": view.objectives.length > 1 ? `${uid}-tab-${view.current}` : null },
            objective(view),
            view.lists.map((each) => list(view, each)),
            whole(view)),
          undo(view, "end"),
          view.left_out ? h("p", { key: "left", class: "okl-os-note" }, view.left_out) : null,
          pasting(view),
          exporting(view),
          panel === null
            ? h("div", { key: "actions" }, actions(
              button({ label: "Paste a list", focusKey: "paste", onclick: openPaste }),
              button({ label: "Take it with you", kind: "primary", focusKey: "export", disabled: view.empty, onclick: openExport })))
            : null,
        ];
      },
      destroy() {
        document.removeEventListener("visibilitychange", onHide);
        sendAll();
        if (restTimer !== null) { clearTimeout(restTimer); ui.send("rest"); }
      },
    };
  };

  return okl.widget({ name: "okr-set-builder", setup });
})();

export default okrlabSet;
