"use strict";

// Draws what #timelines holds: a list of captures,
//   {name, times, clock, before, behind, lanes: ["general", "socket 0"], messages: [{lane, line, offset, wire, name, …}]}
// `times`: messages have a `time` in seconds, `clock`: since midnight; `before`, `behind`: how many messages are left out. Of a message
// `host`, `length`, `fields`, `quirks`, `doubts` and `found` are there where there is something to say.
(() => {
    const byId = id => document.getElementById(id);
    const source = byId("timelines");
    if (!source) return;
    const timelines = JSON.parse(source.textContent);

    // ── Measures, in pixels ─────────────────────────────────────────────────────────────────────────────────────────────────

    const axis = 24, row = 22, pad = 7, gap = 8;  // heights: of the axis, of a row of marks, round a lane's rows, between host and module
    const letter = 6.65, frame = 15, widest = 190;  // widths: of a mark's letter, of what is round them, of the whole mark
    const narrowest = 7, readable = 52;           // of a mark, and of one whose text is cut
    const margin = 14;                            // before the first message
    const longest = 8e6;                          // of the track: browsers lay out no more
    const finest = 20000;                         // for a second

    // ── What is drawn ───────────────────────────────────────────────────────────────────────────────────────────────────────

    const overview = byId("overview"), lanes = byId("lanes"), scroll = byId("scroll"), track = byId("track");
    const card = byId("message"), chooser = byId("capture");
    const state = {
        capture: null,    // one of the timelines
        at: [],           // of each message, where it stands: seconds, or its number
        span: 1,          // of all of them
        scale: 1,         // pixels for each of these
        rows: [],         // [{top, levels, marks: [{x, width, level, members}]}], for each lane the host's and the module's
        markOf: [],       // of each message
        results: [],      // of each command, the message that is its final result
        current: 0,       // the message that was chosen
    };

    const element = (name, properties, ...children) => {
        const made = Object.assign(document.createElement(name), properties);
        made.append(...children);
        return made;
    };
    const drawn = (name, attributes) => {
        const made = document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const key in attributes) made.setAttribute(key, attributes[key]);
        return made;
    };
    const clamped = (value, least, most) => Math.max(least, Math.min(most, value));
    /** The first index whose value is at least that. */
    const lowerBound = (length, value, valueAt) => {
        let low = 0, high = length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (valueAt(middle) < value) low = middle + 1; else high = middle;
        }
        return low;
    };

    const tones = ["error", "warning", "note"];
    /** What the page calls them. */
    const words = Object.fromEntries(tones.map(tone => [tone, document.querySelector(".legend ." + tone)?.parentElement.textContent.trim() ?? tone]));
    const gravest = members => {
        let least = tones.length;
        for (const i of members)
            for (const finding of state.capture.messages[i].found ?? []) least = Math.min(least, tones.indexOf(finding.tone));
        return tones[least] ?? "";
    };

    // ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    /** A time as the capture has it; `digits` behind the point. */
    const timeText = (seconds, digits) => {
        if (!state.capture.times) return "#" + (Math.round(seconds) + 1 + state.capture.before);
        if (!state.capture.clock) return seconds.toFixed(digits) + " s";
        const factor = 10 ** digits;
        const rounded = Math.round(seconds * factor) / factor;
        const pair = number => String(Math.floor(number)).padStart(2, "0");
        const rest = (rounded % 60).toFixed(digits).padStart(digits === 0 ? 2 : digits + 3, "0");
        return pair(rounded / 3600 % 24) + ":" + pair(rounded / 60 % 60) + ":" + rest;
    };
    /** A field's value; bytes that aren't ASCII text as the wire shows them. */
    const fieldText = value => JSON.stringify(value).replace(/\\u00([0-9a-f]{2})/g, (_, digits) => "\\x" + digits.toUpperCase())
        .replace(/[\x7f-\xff]/g, byte => "\\x" + byte.charCodeAt(0).toString(16).toUpperCase());
    const side = message => message.host ? "host" : "module";
    /** What the mark says: the wire where it is text, else the event. */
    const label = message => message.name === "payload" || message.name === "send_data"
        ? "“" + message.wire + "”" : message.wire || message.name;
    const spoken = i => {
        const message = state.capture.messages[i];
        const findings = (message.found ?? []).map(finding => ", " + words[finding.tone] + " " + finding.rule).join("");
        return timeText(state.at[i], 3) + ", " + side(message) + ", " + message.name + ", " + message.wire + findings;
    };

    // ── Layout: each row's marks at one scale ───────────────────────────────────────────────────────────────────────────────

    const x = i => margin + (state.at[i] - state.at[0]) * state.scale;

    /** Puts a message to the level that has most room; where none has, to the last mark of that level. */
    const place = (into, i, here) => {
        let best = 0, room = -1;
        for (let level = 0; level < into.levels; ++level) {
            const last = into.last[level];
            const gap = last ? here - last.x : Infinity;
            if (!last || gap >= last.natural + 3) { best = level; room = Infinity; break; }
            if (gap > room) { best = level; room = gap; }
        }
        const last = into.last[best];
        if (room < narrowest + 2) {
            last.members.push(i);
            state.markOf[i] = last;
            return;
        }
        if (last) last.width = Math.min(last.natural, room - 3);
        const text = label(state.capture.messages[i]);
        const natural = Math.min(widest, frame + letter * Math.min(text.length, 40));
        const mark = {x: here, natural, width: natural, level: best, members: [i], row: into};
        into.last[best] = mark;
        into.marks.push(mark);
        state.markOf[i] = mark;
    };

    const layOut = () => {
        const {lanes: names, messages} = state.capture;
        const levels = names.length > 3 ? [1, 2] : [2, 3];
        state.rows = names.flatMap(() => levels.map(levels => ({levels, marks: [], last: [], waits: []})));
        state.markOf = new Array(messages.length);
        state.results.forEach((result, i) => {
            if (state.capture.times && x(result) - x(i) >= 2) state.rows[messages[i].lane * 2].waits.push(i);
        });
        messages.forEach((message, i) => place(state.rows[message.lane * 2 + (message.host ? 0 : 1)], i, x(i)));
        let top = axis;
        state.rows.forEach((each, i) => {
            const ofHost = i % 2 === 0;
            each.levels = Math.max(1, each.last.length);
            each.top = top + (ofHost ? pad : gap);
            top = each.top + each.levels * row + (ofHost ? 0 : pad);
        });
        const height = top + 1;
        track.style.width = Math.max(scroll.clientWidth, x(messages.length - 1) + widest) + "px";
        track.style.height = height + "px";
        track.replaceChildren();
        shown.clear();
        lanes.replaceChildren();
        names.forEach((name, lane) => {
            const begin = state.rows[lane * 2].top - pad;
            const end = lane + 1 < names.length ? state.rows[lane * 2 + 2].top - pad : height;
            const label = element("div", {textContent: name, title: name});
            label.style.top = begin + "px";
            label.style.height = end - begin + "px";
            lanes.append(label);
            const stripe = element("div", {className: "lane"});
            stripe.style.top = begin + "px";
            stripe.style.height = end - begin + "px";
            track.append(stripe);
        });
    };

    // ── Rendering: only what can be seen ────────────────────────────────────────────────────────────────────────────────────

    const shown = new Map();  // a mark or a tick to its element

    const markElement = mark => {
        const first = state.capture.messages[mark.members[0]];
        const count = mark.members.length;
        const button = element("button", {type: "button", tabIndex: -1, className: "mark " + side(first)});
        const tone = gravest(mark.members);
        if (tone) button.classList.add(tone);
        if (count > 1) button.classList.add("many");
        const isNarrow = mark.width < (count > 1 ? readable : Math.min(readable, mark.natural));
        button.classList.toggle("narrow", isNarrow);
        if (!isNarrow) button.textContent = count > 1 ? count + " × " + label(first) : label(first);
        button.setAttribute("aria-label", count > 1 ? count + " messages from " + spoken(mark.members[0]) : spoken(mark.members[0]));
        button.dataset.messages = mark.members.join(" ");
        button.style.left = mark.x + "px";
        button.style.top = mark.row.top + mark.level * row + "px";
        button.style.width = Math.max(mark.width, narrowest) + "px";
        button.mark = mark;
        return button;
    };

    /** From a command to its final result. */
    const waitElement = i => {
        const bar = element("div", {className: "wait"});
        const host = state.rows[state.capture.messages[i].lane * 2];
        bar.style.left = x(i) + "px";
        bar.style.top = host.top + host.levels * row + "px";
        bar.style.width = x(state.results[i]) - x(i) + "px";
        return bar;
    };

    /** 1, 2 or 5 and noughts; of a clock 1, 5, 15 and 30 minutes and hours too. */
    const tickStep = () => {
        const wanted = 110 / state.scale;
        if (!state.capture.times) return Math.max(1, roundStep(wanted));
        if (wanted > 20) for (const seconds of [30, 60, 300, 900, 1800, 3600, 7200, 21600]) if (seconds >= wanted) return seconds;
        return roundStep(wanted);
    };
    const roundStep = wanted => {
        const unit = 10 ** Math.floor(Math.log10(wanted));
        return unit * [1, 2, 5, 10].find(factor => factor * unit >= wanted * 0.999);
    };

    const tickElements = (from, to, keep) => {
        const step = tickStep();
        const digits = clamped(Math.ceil(-Math.log10(step)), 0, 4);
        // Numbers of messages are counted from 1.
        const begin = state.capture.times ? 0 : -1;
        const first = Math.max(Math.ceil((from - begin) / step), Math.ceil((state.at[0] - begin) / step));
        for (let n = first; begin + n * step <= to; ++n) {
            const value = begin + n * step;
            keep("tick " + step + " " + n, () => {
                const tick = element("div", {className: "tick"}, element("span", {textContent: timeText(value, digits)}));
                tick.style.left = margin + (value - state.at[0]) * state.scale + "px";
                return tick;
            });
        }
    };

    const render = () => {
        const left = scroll.scrollLeft - 100, right = scroll.scrollLeft + scroll.clientWidth + 100;
        const seen = new Set();
        const keep = (key, make) => {
            seen.add(key);
            if (shown.has(key)) return;
            const made = make();
            shown.set(key, made);
            track.append(made);
        };
        tickElements(state.at[0] + (left - margin) / state.scale, state.at[0] + (right - margin) / state.scale, keep);
        for (const {marks, waits} of state.rows) {
            for (const wait of waits) if (x(wait) < right && x(state.results[wait]) > left) keep("wait " + wait, () => waitElement(wait));
            let i = lowerBound(marks.length, left - widest, n => marks[n].x);
            for (; i < marks.length && marks[i].x < right; ++i) keep(marks[i], () => markElement(marks[i]));
        }
        keep(state.markOf[state.current], () => markElement(state.markOf[state.current]));  // it may have the focus
        for (const [key, made] of shown)
            if (!seen.has(key)) {
                made.remove();
                shown.delete(key);
            }
        for (const made of shown.values())
            if (made.mark) {
                const isCurrent = made.mark === state.markOf[state.current];
                made.classList.toggle("current", isCurrent);
                made.tabIndex = isCurrent ? 0 : -1;
            }
        renderWindow();
    };

    let waiting = false;
    const renderSoon = () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => { waiting = false; render(); });
    };

    // ── The overview ────────────────────────────────────────────────────────────────────────────────────────────────────────

    const bins = 600, half = 18, flags = 9;  // width, half the height of the bars, height of what stands above them for findings
    const middle = flags + half, bottom = middle + half + 1;
    const overviewX = i => state.span === 0 ? 0 : (state.at[i] - state.at[0]) / state.span * (bins - 4) + 1;

    const drawOverview = () => {
        overview.setAttribute("viewBox", `0 0 ${bins} ${bottom}`);
        const counts = {host: new Array(bins).fill(0), module: new Array(bins).fill(0)};
        const messages = state.capture.messages;
        messages.forEach((message, i) => ++counts[side(message)][Math.floor(overviewX(i))]);
        const most = Math.max(...counts.host, ...counts.module);
        const parts = Object.entries(counts).map(([who, numbers]) => {
            let path = "";
            numbers.forEach((number, bin) => {
                if (number === 0) return;
                const height = Math.max(3, half * Math.log1p(number) / Math.log1p(most));
                path += `M${bin} ${middle}h1.4v${who === "host" ? -height : height}h-1.4z`;
            });
            return drawn("path", {class: who, d: path});
        });
        const found = [...tones].reverse().map(tone => {
            let path = "";
            messages.forEach((message, i) => {
                if (message.found?.some(finding => finding.tone === tone)) path += `M${overviewX(i)} 0v${flags - 2}`;
            });
            return drawn("path", {class: "found " + tone, d: path});
        });
        overview.replaceChildren(...parts, ...found, drawn("rect", {class: "window", y: 0, height: bottom}));
    };

    const renderWindow = () => {
        const whole = x(state.at.length - 1) + margin;
        const begin = clamped(scroll.scrollLeft / whole, 0, 1), end = clamped((scroll.scrollLeft + scroll.clientWidth) / whole, 0, 1);
        overview.lastChild.setAttribute("x", begin * bins);
        overview.lastChild.setAttribute("width", Math.max(4, (end - begin) * bins));
        overview.lastChild.style.display = end - begin > 0.999 ? "none" : "";
    };

    // ── Zoom ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    const fitting = () => (scroll.clientWidth - margin - Math.min(widest, scroll.clientWidth / 4)) / (state.span || 1);
    const closest = () => Math.max(fitting(), Math.min(longest / (state.span || 1), state.capture.times ? finest : widest + 10));

    /** Zooms, with what stands at `pivot` pixels from the left staying there. */
    const zoomTo = (scale, pivot) => {
        const value = (scroll.scrollLeft + pivot - margin) / state.scale;
        const hadFocus = track.contains(document.activeElement);
        state.scale = clamped(scale, fitting(), closest());
        layOut();
        scroll.scrollLeft = margin + value * state.scale - pivot;
        render();
        if (hadFocus) shown.get(state.markOf[state.current]).focus({preventScroll: true});
        byId("zoom-in").disabled = state.scale >= closest() * 0.999;
        byId("zoom-out").disabled = byId("fit").disabled = state.scale <= fitting() * 1.001;
    };
    const pivotOfCurrent = () => {
        const here = x(state.current) - scroll.scrollLeft;
        return here >= 0 && here <= scroll.clientWidth ? here : scroll.clientWidth / 2;
    };
    const zoomBy = factor => zoomTo(state.scale * factor, pivotOfCurrent());

    // ── The message that is looked at ───────────────────────────────────────────────────────────────────────────────────────

    const othersShown = 8;

    const findingPart = finding => element("div", {className: "finding " + finding.tone},
        finding.id ? element("a", {href: "#" + finding.id, textContent: finding.rule}) : element("span", {textContent: finding.rule}),
        element("div", {textContent: finding.says ?? "one of those that are only counted"}));

    /** Shows a message, and what else its mark stands for. */
    const show = i => {
        const message = state.capture.messages[i];
        const members = state.markOf[i].members;
        const where = element("div", {className: "where " + side(message)},
            element("b", {textContent: message.host ? "host → module" : "module → host"}),
            " · " + state.capture.lanes[message.lane] + " · " + timeText(state.at[i], 3) +
            (message.line ? " · line " + message.line : " · byte " + message.offset) +
            (state.capture.times && state.results[i] !== undefined
                ? " · final result " + (state.at[state.results[i]] - state.at[i]).toFixed(3) + " s later" : ""));
        const wire = message.wire + (message.length ? " … (" + message.length + " bytes)" : "");
        const left = element("div", {}, element("pre", {textContent: wire}), element("h3", {textContent: message.name}));
        const fields = element("dl", {});
        for (const [name, value] of Object.entries(message.fields ?? {}))
            fields.append(element("div", {}, element("dt", {textContent: name}),
                element("dd", {textContent: fieldText(value)})));
        left.append(fields);
        for (const word of [...message.quirks ?? [], ...message.doubts ?? []])
            left.append(element("span", {className: "chip", textContent: word}));
        const right = element("div", {}, ...(message.found ?? []).map(findingPart));
        if (members.length > 1) {
            const list = element("ul", {className: "others"},
                element("li", {textContent: members.length + " messages here:"}));
            const begin = clamped(members.indexOf(i) - 3, 0, Math.max(0, members.length - othersShown));
            for (const other of members.slice(begin, begin + othersShown))
                list.append(element("li", {textContent: (other === i ? "▸ " : "\u00a0 ") + timeText(state.at[other], 3) + "  " +
                    label(state.capture.messages[other])}));
            right.append(list);
        }
        card.replaceChildren(where, left, right);
    };

    /** Chooses a message: shows it, brings it into view, marks its entries in the list. */
    const choose = (i, {focus = false} = {}) => {
        state.current = clamped(i, 0, state.at.length - 1);
        const mark = state.markOf[state.current];
        if (mark.x < scroll.scrollLeft + 8 || mark.x + Math.min(mark.width, 90) > scroll.scrollLeft + scroll.clientWidth)
            scroll.scrollLeft = mark.x - scroll.clientWidth / 3;
        render();
        show(state.current);
        for (const entry of document.querySelectorAll(".entry li.current")) entry.classList.remove("current");
        for (const finding of state.capture.messages[state.current].found ?? [])
            if (finding.id) byId(finding.id).classList.add("current");
        if (focus) shown.get(mark).focus();
    };

    const found = () => state.capture.messages.flatMap((message, i) => message.found ? [i] : []);
    const chooseFinding = forward => {
        const all = found();
        const next = forward ? all.find(i => i > state.current) : all.findLast(i => i < state.current);
        if (next !== undefined) choose(next, {focus: true});
    };
    /** To the nearest message of the lane above or below. */
    const chooseLane = step => {
        const {messages} = state.capture;
        const lane = messages[state.current].lane + step;
        let best;
        messages.forEach((message, i) => {
            if (message.lane === lane && (best === undefined || Math.abs(i - state.current) < Math.abs(best - state.current))) best = i;
        });
        if (best !== undefined) choose(best, {focus: true});
    };

    /** Of each command that is alone in waiting for it, its final result. */
    const finalResults = messages => {
        const finals = ["ok", "error", "cme_error", "cms_error", "connect", "connect_fail", "no_carrier"];
        const results = [];
        let waiting;
        messages.forEach((message, i) => {
            if (message.host && message.name !== "send_data") {
                waiting = i;
            } else if (waiting !== undefined && finals.includes(message.name)) {
                results[waiting] = i;
                waiting = undefined;
            }
        });
        return results;
    };

    // ── A capture ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    const remark = () => {
        const {times, before, behind, messages} = state.capture;
        const parts = [];
        if (!times) parts.push("The capture has no times: its messages are evenly spaced.");
        if (before || behind)
            parts.push(`Drawn are ${messages.length} of ${before + messages.length + behind} messages, from number ${before + 1} on.`);
        return parts.join(" ");
    };

    const open = number => {
        state.capture = timelines[number];
        const {times, messages} = state.capture;
        let time = messages.find(message => message.time !== undefined)?.time ?? 0;
        state.at = messages.map((message, i) => times ? time = Math.max(time, message.time ?? time) : i);
        state.span = state.at[messages.length - 1] - state.at[0];
        state.results = finalResults(messages);
        byId("remark").textContent = remark();
        const first = found()[0];
        state.current = first ?? 0;
        byId("next-finding").disabled = byId("previous-finding").disabled = first === undefined;
        chooser.value = number;
        drawOverview();
        state.scale = fitting();
        layOut();
        // As many as can be read at once.
        const wanted = clamped(scroll.clientWidth / 26, 12, 60);
        const end = Math.min(messages.length - 1, state.current + Math.round(wanted / 2));
        const begin = Math.max(0, end - Math.round(wanted));
        zoomTo(messages.length > wanted * 1.5 ? scroll.clientWidth / (state.at[end] - state.at[begin] || 1) : 0, 0);
        choose(state.current);
    };

    const keys = {
        ArrowLeft: () => choose(state.current - 1, {focus: true}),
        ArrowRight: () => choose(state.current + 1, {focus: true}),
        ArrowUp: () => chooseLane(-1),
        ArrowDown: () => chooseLane(1),
        Home: () => choose(0, {focus: true}),
        End: () => choose(state.at.length - 1, {focus: true}),
        n: () => chooseFinding(true),
        p: () => chooseFinding(false),
        "+": () => zoomBy(1.6),
        "=": () => zoomBy(1.6),
        "-": () => zoomBy(1 / 1.6),
        0: () => zoomTo(0, 0),
    };

    const markUnder = event => event.target.closest?.(".mark")?.mark;
    const listen = () => {
        track.addEventListener("mouseover", event => { if (markUnder(event)) show(representative(markUnder(event))); });
        track.addEventListener("mouseleave", () => show(state.current));
        track.addEventListener("focusin", event => {
            const mark = markUnder(event);
            if (mark && mark !== state.markOf[state.current]) choose(representative(mark));
        });
        track.addEventListener("click", event => { if (markUnder(event)) choose(representative(markUnder(event)), {focus: true}); });
        track.addEventListener("keydown", event => {
            if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
            event.preventDefault();
            keys[event.key]();
        });
        scroll.addEventListener("scroll", renderSoon, {passive: true});
        scroll.addEventListener("wheel", event => {
            if (!event.ctrlKey) return;
            event.preventDefault();
            zoomTo(state.scale * Math.exp(-event.deltaY / 300), event.clientX - scroll.getBoundingClientRect().left);
        }, {passive: false});
        const follow = event => {
            const box = overview.getBoundingClientRect();
            const whole = x(state.at.length - 1) + margin;
            scroll.scrollLeft = (event.clientX - box.left) / box.width * whole - scroll.clientWidth / 2;
        };
        overview.addEventListener("pointerdown", event => { overview.setPointerCapture(event.pointerId); follow(event); });
        overview.addEventListener("pointermove", event => { if (event.buttons) follow(event); });
        byId("zoom-in").addEventListener("click", () => zoomBy(1.6));
        byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.6));
        byId("fit").addEventListener("click", () => zoomTo(0, 0));
        byId("next-finding").addEventListener("click", () => chooseFinding(true));
        byId("previous-finding").addEventListener("click", () => chooseFinding(false));
        chooser.addEventListener("change", () => open(Number(chooser.value)));
        for (const link of document.querySelectorAll(".shows"))
            link.addEventListener("click", () => {
                if (timelines[link.dataset.timeline] !== state.capture) open(Number(link.dataset.timeline));
                choose(Number(link.dataset.message));
                requestAnimationFrame(() => shown.get(state.markOf[state.current]).focus());
            });
        new ResizeObserver(() => { if (state.scale < fitting()) zoomTo(0, 0); else renderSoon(); }).observe(scroll);
    };
    /** The message that a mark shows first: the chosen one, else the first with a finding. */
    const representative = mark => mark.members.includes(state.current) ? state.current
        : mark.members.find(i => state.capture.messages[i].found) ?? mark.members[0];

    const numberFound = timeline => timeline.messages.reduce((sum, message) => sum + (message.found?.length ?? 0), 0);
    const foundText = timeline => numberFound(timeline) === 0 ? "" : " · " + numberFound(timeline) + " found";

    document.documentElement.classList.add("scripted");
    byId("drawing").hidden = false;
    timelines.forEach((timeline, number) => chooser.append(element("option", {value: number, textContent: timeline.name + foundText(timeline)})));
    chooser.hidden = timelines.length === 1;
    listen();
    open(Math.max(0, timelines.findIndex(timeline => numberFound(timeline) !== 0)));
})();
