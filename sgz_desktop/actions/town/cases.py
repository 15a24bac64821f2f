"""Writing a case of the town from its outline: every paper on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sgz_desktop.actions.town.book import Book
from sgz_desktop.actions.town.outlines import Meeting, Outline, Table
from sgz_desktop.actions.town.rounds import clock
from sgz_desktop.actions.town.seasons import LAST
from sgz_desktop.actions.town.words import told
from sgz_desktop.domain.days import add_days

Typed = dict[str, object]
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
    """A writer of cases: their ids by key."""

    book: Book
    ids: dict[str, str] = field(default_factory=dict)

    def write(self, cases: Sequence[Outline]) -> None:
        """Everything of all cases; those of the worker who left go to those who took over."""
        for one in cases:
            case = _Case(self.book, one, self.ids.get(one.told.get("reopens", ""), ""))
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


class _Case:
    """One case as it is written: its id, and those of its needs and goals. `before` is the id of the case it
    takes up again, or ''."""

    def __init__(self, book: Book, one: Outline, before: str) -> None:
        self.book, self.one, self.told, self.before = book, one, one.told, before
        self.id = book.id(one.opened)
        self.needs: list[str] = []
        self.goals: list[str] = []
        self.supervisor = told("town")["supervisor"]

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
            self._apply(sheet)
        for sheet in self.told.get("referrals", ()):
            self._refer(sheet)
        self._end()
        self._move()
        return self.id

    def add(self, day: str, kind: str, typed: Typed, *, time: str = "17:20", reason: str = "") -> str:
        """A record entered on its day by the worker of that time."""
        return self.book.add(self.worker(day), day, time, kind, typed, reason=reason)

    def worker(self, day: str) -> str:
        return self.one.home.village.worker(day)

    def text(self, *names: str) -> Typed:
        return {name: self.told.get(name) for name in names}

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

    def _apply(self, sheet: Table) -> None:
        filed, decided = self.one.day(sheet["filed"]), self.one.day(sheet["result"])
        typed: Typed = {
            "case": self.id,
            "person": self.one.client.id,
            "programme": sheet["programme"],
            "applied_by": "self",
            "worker": self.worker(filed),
            "stage": "submitted",
            "filed_on": filed,
            "accepted_by": "青禾镇民政办",
        }
        made = self.add(filed, "application", typed)
        for title in ("申请书", "居民身份证", "相关票据或证明"):
            self.add(
                filed, "paper_item", {"application": made, "title": title, "state": "ready", "got_on": filed}
            )
        known = {
            "stage": sheet["stage"],
            "result": "confirmed",
            "result_on": decided,
            "amount": sheet["amount"],
        }
        known["accepted_on"] = self.one.day(sheet["accepted"])
        self.book.change(self.worker(decided), decided, "17:30", "application", made, known)

    def _refer(self, sheet: Table) -> None:
        sent, replied = self.one.day(sheet["sent"]), self.one.day(sheet["replied"])
        typed: Typed = {
            "case": self.id,
            "person": self.one.client.id,
            "sort": sheet["sort"],
            "reasons": "需要专业服务",
            "reason_note": sheet["why"],
            "receiver": sheet["receiver"],
            "receiver_sort": sheet["receiver_sort"],
            "consented": "agreed",
            "consented_on": sent,
            "materials": "姓名与联系方式",
            "sent_on": sent,
            "worker": self.worker(sent),
        }
        made = self.add(sent, "referral", typed)
        known: Typed = {"reply_on": replied, "outcome": sheet["outcome"]}
        if "placed" in sheet:
            known |= {"placed_on": self.one.day(sheet["placed"]), "placed_at": sheet["receiver"]}
        if "job" in sheet:
            known |= {"job_title": sheet["job"], "job_from": replied, "job_wage": sheet["wage"]}
        day = max(replied, str(known.get("placed_on", "")))
        self.book.change(self.worker(day), day, "17:30", "referral", made, known)

    def _end(self) -> None:
        if sheet := self.told.get("evaluation"):
            self._evaluate(sheet)
        if sheet := self.told.get("closure"):
            self._close(sheet)
        for offset, mode, result, situation, *why in self.told.get("followups", ()):
            day = self.one.day(offset)
            typed: Typed = {
                "case": self.id,
                "date": day,
                "mode": mode,
                "result": result,
                "situation": situation,
            }
            reason = why[0] if why else ""
            typed |= {"worker": self.worker(day), "reopen": bool(reason), "reopen_reason": reason}
            made = self.add(day, "followup", typed)
            self.add(day, "presence", {"occasion": made, "person": self.one.client.id, "mode": "met"})

    def _evaluate(self, sheet: Table) -> None:
        day = self.one.day(sheet["on"])
        typed: Typed = {
            **{name: sheet[name] for name in ("before", "after", "overall", "satisfaction", "reflection")},
            "case": self.id,
            "evaluated_on": day,
            "worker": self.worker(day),
            "methods": "目标达成评定，访谈，满意度",
            "satisfaction_by": "本人",
            "client_words": sheet["words"],
        }
        if score := self.told.get("score"):
            typed |= {"score_name": score[0], "score_before": score[1], "score_after": score[2]}
        made = self.add(day, "evaluation", typed)
        for goal, (result, percent, note) in zip(self.goals, self.told["results"], strict=True):
            known: Typed = {
                "evaluation": made,
                "goal": goal,
                "result": result,
                "percent": percent,
                "note": note,
            }
            self.add(day, "goal_result", known)

    def _close(self, sheet: Table) -> None:
        day = self.one.day(sheet["on"])
        gone = sheet["reason"] in ("死亡", "失联")
        typed: Typed = {
            "case": self.id,
            "closed_on": day,
            "reason": sheet["reason"],
            "reason_note": sheet["note"],
            "summary": sheet["summary"],
            "goals_reached": sheet["reached"],
            "remaining_risks": sheet["risks"],
            "risk_note": sheet["risk_note"],
            "followup_plan": sheet["plan"],
            "followup_due_on": add_days(day, int(sheet["due"]) - int(sheet["on"])) if sheet["due"] else None,
            "client_words": sheet["words"],
            "client_signed_on": None if gone else day,
            "client_sign_mode": None if gone else self.told["consent"]["sign"],
            "worker": self.worker(day),
            "worker_signed_on": day,
            "supervisor": self.supervisor,
            "supervisor_signed_on": day if sheet["remark"] else None,
            "supervisor_remark": sheet["remark"],
        }
        self.add(day, "closure", typed)

    def _move(self) -> None:
        stage = "intake"
        for place, (to, day, reason) in enumerate(self.one.moves(), start=2):
            time = f"17:{43 + place}"  # each move is an edit of its own
            known: Typed = {"stage": to}
            if to in ("closed", "reopened"):
                known["closed_on"] = day if to == "closed" else None
            self.book.change(self.worker(day), day, time, "case", self.id, known, reason)
            move: Typed = {
                "case": self.id,
                "from_stage": stage,
                "to_stage": to,
                "step": place,
                "moved_on": day,
            }
            self.add(day, "case_move", {**move, "reason": reason}, time=time, reason=reason)
            stage = to
