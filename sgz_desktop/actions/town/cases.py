"""Writing a case of the town from its outline: every paper on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sgz_desktop.actions.town import case_ends
from sgz_desktop.actions.town.book import Book
from sgz_desktop.actions.town.case_sheet import CaseSheet, Typed
from sgz_desktop.actions.town.outlines import Meeting, Outline, Table
from sgz_desktop.actions.town.rounds import clock
from sgz_desktop.actions.town.seasons import BEGUN, LAST
from sgz_desktop.actions.town.words import told
from sgz_desktop.domain.days import add_days

AGREED = (
    *("service", "record", "id_data", "health_data", "finance_data", "visit_family", "share_township"),
    *("share_civil", "share_referral", "supervision", "photo", "publicity"),
)
REFUSABLE = {"拍照": "ok_photo", "用于宣传": "ok_publicity", "联系家人": "ok_visit_family"}
DUTIES = "社工按约定的时间来，讲清要做的事；本人如实说情况，不方便时提前说。"  # the station's own wording
PURPOSE = "用来安排服务和办理救助。"
PLACES = {"站内面谈": "社工站个案室", "到校": "镇中心小学", "到院探视": "云岭县医院", "陪同办理": "县城"}
ASSESSED = {
    **{
        name: name
        for name in ("body", "mind", "strengths", "facts", "judgement", "conclusion", "risk", "risk_basis")
    },
    **{"family_structure": "structure", "family_economy": "economy", "family_care": "care"},
    "support_sources": "support_from",
}


@dataclass
class Cases:
    """A writer of cases: their ids by key. `item` is the id of the service they are,
    `aid` that of what is applied for in them."""

    book: Book
    item: str
    aid: str
    ids: dict[str, str] = field(default_factory=dict)

    def write(self, cases: Sequence[Outline]) -> None:
        """Everything of all cases; those of the worker who left go to those who took over."""
        for one in cases:
            case = _Case(self.book, one, self.ids.get(one.told.get("reopens", ""), ""), self.item, self.aid)
            self.ids[one.key] = case.write()
        self._hand_over({one.key: one for one in cases})

    def _hand_over(self, cases: Mapping[str, Outline]) -> None:
        town = told("town")
        for sheet in told("cases")["handover"]:
            one, words = cases[sheet["key"]], {name: text for name, text in sheet.items() if name != "key"}
            day, gone, new = town["gone_last"], town["gone"], one.home.village.worker(town["came_first"])
            case = self.ids[one.key]
            known = {"case": case, "handed_on": day, "from_worker": gone, "to_worker": new, "reason": "left"}
            self.book.add(gone, day, "16:00", "handover", {**known, **words})
            self.book.change(gone, day, "16:00", "case", case, {"worker": new})


class _Case(CaseSheet):
    """Its papers, from the lead to the last follow-up."""

    def write(self) -> str:
        if "entered" in self.told:
            return self._archive()
        self._open()
        self._agree()
        if "assessed" in self.told:
            self._assess()
            self._plan()
        for place, met in enumerate(self.one.meetings()):
            self._meet(met, place)
        for sheet in self.told.get("applications", ()):
            case_ends.apply(self, sheet)
        for sheet in self.told.get("referrals", ()):
            case_ends.refer(self, sheet)
        case_ends.end(self)
        case_ends.move(self)
        return self.id

    def _basics(self) -> Typed:
        one = self.one
        return {
            **self.text("source", "natures", "topic", "risk"),
            "client": one.client.id,
            "household": one.home.id,
            "opened_on": one.opened,
            "worker": self.worker(one.opened),
            "guardian_hidden": True if self.told.get("hidden") else None,
        }

    def _archive(self) -> str:
        """An old case of which only paper exists."""
        day = self.told["entered"]
        typed: Typed = {"on_paper": True, "stage": "closed", "closed_on": self.told["closed"]}
        typed |= {**self._basics(), "worker": None, **self.text("paper_number", "paper_result")}
        self.book.add(self.worker(day), day, "11:20", "case", typed, self.id)
        return self.id

    def _open(self) -> None:
        one, day, told = self.one, self.one.opened, self.told
        found = [visit for on, visit in one.home.visits if on <= day] if told["source"] == "走访发现" else []
        typed = {**self._basics(), "supervisor": self.supervisor, "stage": "intake"}
        typed |= {"found_in": found[-1] if found else None, "reopens": self.before}
        self.book.add(self.worker(day), day, "17:20", "case", typed, self.id)
        self.add(day, "case_move", {"case": self.id, "to_stage": "intake", "step": 1, "moved_on": day})
        intake: Typed = {
            **self.text("source", "urgency", "safety_note", "decision_note"),
            "case": self.id,
            "asked_on": day,
            "intake_on": day,
            "worker": self.worker(day),
            "problem_own_words": told["own"],
            "problem_seen": told["seen"],
            "safety_risks": told["safety"],
            "decision": "decline" if "decline" in told else "accept",
            "decline_reason": told.get("decline"),
            "supervisor_remark": told.get("intake_remark"),
        }
        self.add(day, "intake", intake)
        if "report" in told:
            self._report(told["report"])

    def _report(self, sheet: Table) -> None:
        day = self.one.opened
        typed: Typed = {
            **{name: sheet[name] for name in ("place", "situations", "facts", "protection", "result")},
            "person": self.one.client.id,
            "household": self.one.home.id,
            "case": self.id,
            "found_on": day,
            "found_time": sheet["time"],
            "worker": self.worker(day),
            "immediate_danger": sheet["danger"],
            "guardian_suspect": True,
            "supervisor": self.supervisor,
            "supervisor_told_on": day,
            "supervisor_told_time": sheet["told"],
        }
        report = self.add(day, "mandatory_report", typed, time="11:30")
        for unit, sort, at, phone, answer in sheet["calls"]:
            call = {"report": report, "unit": unit, "unit_sort": sort, "phone": phone, "answer": answer}
            self.add(day, "report_call", {**call, "called_on": day, "called_time": at}, time="11:30")

    def _agree(self) -> None:
        sheet = self.told.get("consent")
        if sheet is None:
            return
        day, child = self.one.day(sheet["on"]), self.one.client.age(self.one.opened) < 18
        refused = {REFUSABLE[word] for word in sheet["refuse"].split("，") if word}
        typed: Typed = {f"ok_{item}": "refused" if f"ok_{item}" in refused else "agreed" for item in AGREED}
        if child:
            typed["ok_minor_data"] = "agreed"
        name = self.one.client.name
        if "relation" in sheet:
            name = next(
                (kin.name for kin in self.one.client.relatives if kin.relation == sheet["relation"]), ""
            )
        typed |= {
            "case": self.id,
            "told_on": day,
            "signed_on": day,
            "sign_mode": sheet["sign"],
            "giver": sheet.get("giver", "本人"),
            "giver_name": name or self.one.home.head.name,
            "giver_relation": sheet.get("relation"),
            "witness": sheet.get("witness"),
            "service_scope": self.told["conclusion"],
            "duties": DUTIES,
            "purpose": PURPOSE,
            "exceptions_told": ["self_harm", "harm_others", "protected", "law"],
            "withdrawal_told": ["oral", "written"],
            "retention": "结案后五年",
            "worker": self.worker(day),
        }
        self.add(day, "consent", typed)

    def _assess(self) -> None:
        day = self.one.day(self.told["assessed"])
        typed: Typed = {name: self.told.get(source) for name, source in ASSESSED.items()}
        made = self.add(
            day, "assessment", {"case": self.id, "assessed_on": day, "worker": self.worker(day), **typed}
        )
        self.needs = [
            self.add(day, "need", {"assessment": made, "sort": sort, "description": words, "priority": rank})
            for sort, words, rank in self.told["needs"]
        ]
        if score := self.told.get("score"):
            known = {"assessment": made, "scored_on": day, "scored_by": self.worker(day)}
            self.add(day, "scale_score", {**known, "instrument": score[0], "score": score[1]})

    def _plan(self) -> None:
        day = next(day for stage, day, _ in self.one.moves() if stage == "plan")
        over = any(stage == "closed" for stage, _, _ in self.one.moves())
        typed: Typed = {
            "case": self.id,
            "made_on": day,
            "worker": self.worker(day),
            "overall_goal": self.told["goal"],
            "strategy": self.told["strategy"],
            "client_wishes": self.told["wishes"],
            "evaluation_methods": "目标达成评定，访谈，满意度",
            "review_on": add_days(day, 60) if over else add_days(LAST, 11),
            "client_confirmed_on": day,
            "client_sign_mode": self.told.get("consent", {}).get("sign"),
            "supervisor": self.supervisor,
            "supervisor_confirmed_on": day if len(self.told["topic"]) % 3 else None,
        }
        plan = self.add(day, "plan", typed)
        for place, (words, measure, due, need) in enumerate(self.told["goals"], start=1):
            goal: Typed = {"plan": plan, "place": place, "description": words, "measure": measure}
            goal |= {"due_on": self.one.day(due) if due else None, "need": self.needs[need]}
            self.goals.append(self.add(day, "goal", goal))
        for place, (goal_place, action, who, due, done) in enumerate(self.told["steps"], start=1):
            step: Typed = {"plan": plan, "goal": self.goals[goal_place], "place": place, "action": action}
            step |= {"responsible": who, "due_on": self.one.day(due), "state": "doing" if done else "todo"}
            self._step(self.add(day, "step", step), day, done)

    def _step(self, step: str, planned: str, done: str) -> None:
        if done:
            day = max(planned, self.one.day(done))
            known = {"state": "done", "done_on": day}
            self.book.change(self.worker(day), day, "17:30", "step", step, known)

    def _meet(self, met: Meeting, place: int) -> None:
        later = [other.day for other in self.one.meetings()[place + 1 :]]
        ends = any(stage == "evaluation" for stage, _, _ in self.one.moves())
        following = later[0] if later else None if ends or "closure" in self.told else add_days(LAST, 9)
        typed: Typed = {
            "case": self.id,
            "date": met.day,
            "start_time": clock(met.start),
            "end_time": clock(met.end),
            "mode": met.mode,
            "worker": self.worker(met.day),
            "methods": met.methods,
            "aim": met.aim,
            "facts": met.facts,
            "judgement": met.judgement,
            "next_on": following,
            "supervisor_remark": met.remark,
            "service_item": self.item if met.day >= BEGUN else None,
        }
        kind, how = "session", {"电话": "voice", "视频": "video"}.get(met.mode, "met")
        if met.mode == "入户":
            home = {"household": self.one.home.id, "person": self.one.client.id}
            kind, typed = "visit", {**typed, **home, "purposes": ["case"], "met": True}
        else:
            typed["place"] = PLACES.get(met.mode)
        occasion = self.add(met.day, kind, typed, time="17:25")
        for person in self._present(met):
            self.add(met.day, "presence", {"occasion": occasion, "person": person, "mode": how}, time="17:25")
        for line in met.progress.split():
            goal, state, percent = line.split(":")
            known: Typed = {"occasion": occasion, "goal": self.goals[int(goal)], "progress": state}
            self.add(met.day, "goal_progress", {**known, "percent": int(percent)}, time="17:25")

    def _present(self, met: Meeting) -> list[str]:
        if met.mode != "入户":
            return [self.one.client.id]
        return [one.id for one in self.one.home.here(met.day)]
