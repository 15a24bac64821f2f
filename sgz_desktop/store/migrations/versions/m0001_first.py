"""The first schema, as frozen text: log, heads, settings, search and the record tables.

Record tables carry no foreign key, unique, not-null or check rule: a reference may point to a record that
has not arrived yet.
"""

from alembic import op

revision = "0001"
down_revision = None

LOG_TABLES = """
CREATE TABLE setting(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE replica(did INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, top_seq INTEGER NOT NULL DEFAULT 0,
  top_hash BLOB, top_clock INTEGER NOT NULL DEFAULT 0);
CREATE TABLE author(wid INTEGER PRIMARY KEY, worker TEXT NOT NULL UNIQUE);
CREATE TABLE cell_name(fid INTEGER PRIMARY KEY, kind TEXT NOT NULL, cell TEXT NOT NULL, UNIQUE(kind, cell));
CREATE TABLE entity(rid INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, station TEXT NOT NULL,
  claim_clock INTEGER NOT NULL, claim_did INTEGER NOT NULL, claim_seq INTEGER NOT NULL, UNIQUE(kind, id));
CREATE TABLE edit(eid INTEGER PRIMARY KEY, did INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  clock INTEGER NOT NULL, at_ms INTEGER NOT NULL, wid INTEGER NOT NULL, action TEXT NOT NULL, why BLOB,
  why_salt BLOB, hash BLOB NOT NULL, header BLOB NOT NULL, UNIQUE(did, seq));
CREATE INDEX edit_at ON edit(at_ms);
CREATE TABLE change(cid INTEGER PRIMARY KEY, eid INTEGER NOT NULL, rid INTEGER NOT NULL, fid INTEGER NOT NULL,
  salt BLOB, value BLOB);
CREATE TABLE edited(rid INTEGER, first INTEGER, last INTEGER NOT NULL, PRIMARY KEY(rid, first)) WITHOUT ROWID;
CREATE TABLE base(rid INTEGER, fid INTEGER, did INTEGER, seq INTEGER, cid INTEGER,
  PRIMARY KEY(rid, fid, did, seq, cid)) WITHOUT ROWID;
CREATE TABLE head(rid INTEGER, fid INTEGER, cid INTEGER, PRIMARY KEY(rid, fid, cid)) WITHOUT ROWID;
CREATE TABLE conflict(rid INTEGER, fid INTEGER, PRIMARY KEY(rid, fid)) WITHOUT ROWID;
CREATE TABLE erased(device TEXT, seq INTEGER, kind TEXT, record TEXT, cell TEXT,
  PRIMARY KEY(device, seq, kind, record, cell)) WITHOUT ROWID;
CREATE TABLE forked(did INTEGER, seq INTEGER, hash BLOB, line BLOB NOT NULL, PRIMARY KEY(did, seq, hash)) WITHOUT ROWID;
CREATE TABLE signed_head(did INTEGER, seq INTEGER, hash BLOB NOT NULL, signature BLOB NOT NULL,
  PRIMARY KEY(did, seq)) WITHOUT ROWID;
CREATE TABLE access_log(n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, worker TEXT NOT NULL, action TEXT NOT NULL,
  kind TEXT NOT NULL, record TEXT NOT NULL, outcome TEXT NOT NULL, hash BLOB NOT NULL);
CREATE TABLE draft(worker TEXT, form TEXT, record TEXT, at_ms INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY(worker, form, record)) WITHOUT ROWID;
CREATE TABLE blob(sha256 TEXT PRIMARY KEY, file TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, identity TEXT NOT NULL,
  at_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE frozen_paper(number TEXT PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL, form TEXT NOT NULL,
  state TEXT NOT NULL, at_ms INTEGER NOT NULL, blob TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE paper_source(kind TEXT, record TEXT, number TEXT, PRIMARY KEY(kind, record, number)) WITHOUT ROWID;
CREATE TABLE counter(name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE to_index(rid INTEGER PRIMARY KEY, kind TEXT NOT NULL);
"""

SEARCH_TABLES = """
CREATE VIRTUAL TABLE search_text USING fts5(terms, content = '', contentless_delete = 1,
  tokenize = "ascii tokenchars '=~#$'");
INSERT INTO search_text(search_text, rank) VALUES('pgsz', 3900);
CREATE TABLE search_doc(rid INTEGER PRIMARY KEY, docid INTEGER NOT NULL);
"""

RECORD_TABLES = """
CREATE TABLE r_device(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, name TEXT, letter TEXT,
  epoch INTEGER, sign_key TEXT, box_key TEXT, enrolled_by TEXT, endorsed_by TEXT,
  revoked_after_seq INTEGER);
CREATE INDEX r_device_id ON r_device(id);
CREATE INDEX r_device_enrolled_by ON r_device(enrolled_by) WHERE enrolled_by IS NOT NULL;
CREATE INDEX r_device_endorsed_by ON r_device(endorsed_by) WHERE endorsed_by IS NOT NULL;
CREATE TABLE r_worker(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, name TEXT, roles TEXT,
  active INTEGER);
CREATE INDEX r_worker_id ON r_worker(id);
CREATE TABLE r_redaction(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, targets TEXT, reason TEXT);
CREATE INDEX r_redaction_id ON r_redaction(id);
CREATE TABLE r_household(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, number TEXT, head TEXT,
  village_code TEXT, village TEXT, village_group TEXT, house_number TEXT, way_there TEXT,
  categories TEXT, monthly_income INTEGER, income_as_of TEXT, income_sources TEXT,
  property_within_limit INTEGER, property_facts TEXT, hard_expenses INTEGER, housing TEXT,
  visit_hint TEXT, filed_on TEXT, closed_on TEXT, note TEXT);
CREATE INDEX r_household_id ON r_household(id);
CREATE INDEX r_household_number ON r_household(number) WHERE number IS NOT NULL;
CREATE INDEX r_household_head ON r_household(head) WHERE head IS NOT NULL;
CREATE TABLE r_person(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, number TEXT, name TEXT,
  former_name TEXT, nickname TEXT, sex TEXT, born TEXT, id_number TEXT, id_status TEXT,
  phone TEXT, contact_name TEXT, contact_relation TEXT, contact_phone TEXT, guardian_name TEXT,
  guardian_relation TEXT, guardian_phone TEXT, ethnicity TEXT, marital TEXT, education TEXT,
  hukou TEXT, residence TEXT, hukou_address TEXT, living TEXT, address TEXT, categories TEXT,
  health TEXT, illnesses TEXT, illness TEXT, disability_card TEXT, disability_kinds TEXT,
  disability_grade TEXT, disability_confirmed_none INTEGER, self_care TEXT, care_need TEXT,
  labour TEXT, employment TEXT, workplace TEXT, monthly_income INTEGER, income_as_of TEXT,
  income_sources TEXT, basic_pension INTEGER, medical_insurance TEXT,
  property_within_limit INTEGER, obligors_confirmed_none INTEGER, filed_on TEXT, died_on TEXT,
  moved_on TEXT, moved_to TEXT, closed_on TEXT, closed_reason TEXT, note TEXT);
CREATE INDEX r_person_id ON r_person(id);
CREATE INDEX r_person_number ON r_person(number) WHERE number IS NOT NULL;
CREATE TABLE r_membership(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, household TEXT, person TEXT,
  relation_to_head TEXT, relation_to_client TEXT, lives_in INTEGER, from_day TEXT, to_day TEXT,
  note TEXT);
CREATE INDEX r_membership_id ON r_membership(id);
CREATE INDEX r_membership_household ON r_membership(household) WHERE household IS NOT NULL;
CREATE INDEX r_membership_person ON r_membership(person) WHERE person IS NOT NULL;
CREATE INDEX r_membership_from_day ON r_membership(from_day) WHERE from_day IS NOT NULL;
CREATE INDEX r_membership_to_day ON r_membership(to_day) WHERE to_day IS NOT NULL;
CREATE TABLE r_obligor(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, person TEXT, relation TEXT,
  who TEXT, who_name TEXT, duty TEXT, situation TEXT, basis TEXT, note TEXT);
CREATE INDEX r_obligor_id ON r_obligor(id);
CREATE INDEX r_obligor_person ON r_obligor(person) WHERE person IS NOT NULL;
CREATE INDEX r_obligor_who ON r_obligor(who) WHERE who IS NOT NULL;
CREATE TABLE r_benefit(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, person TEXT, household TEXT,
  programme TEXT, from_day TEXT, to_day TEXT, amount INTEGER, number TEXT, source TEXT, note TEXT);
CREATE INDEX r_benefit_id ON r_benefit(id);
CREATE INDEX r_benefit_person ON r_benefit(person) WHERE person IS NOT NULL;
CREATE INDEX r_benefit_household ON r_benefit(household) WHERE household IS NOT NULL;
CREATE INDEX r_benefit_from_day ON r_benefit(from_day) WHERE from_day IS NOT NULL;
CREATE INDEX r_benefit_to_day ON r_benefit(to_day) WHERE to_day IS NOT NULL;
CREATE TABLE r_visit(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, date TEXT, start_time TEXT,
  end_time TEXT, mode TEXT, worker TEXT, methods TEXT, aim TEXT, facts TEXT, judgement TEXT,
  mood TEXT, next_plan TEXT, next_on TEXT, signature TEXT, supervisor_remark TEXT, household TEXT,
  person TEXT, purposes TEXT, companions TEXT, met INTEGER, not_met_reason TEXT, environment TEXT,
  hazards TEXT, body_state TEXT, mind_state TEXT, change TEXT, changes TEXT, needs TEXT,
  needs_told TEXT, category_notes TEXT, policy_told TEXT, benefits_arrived TEXT, outcomes TEXT,
  handling TEXT, goods TEXT, "case" TEXT);
CREATE INDEX r_visit_id ON r_visit(id);
CREATE INDEX r_visit_date ON r_visit(date) WHERE date IS NOT NULL;
CREATE INDEX r_visit_next_on ON r_visit(next_on) WHERE next_on IS NOT NULL;
CREATE INDEX r_visit_household ON r_visit(household, date) WHERE household IS NOT NULL;
CREATE INDEX r_visit_person ON r_visit(person) WHERE person IS NOT NULL;
CREATE INDEX r_visit_case ON r_visit("case") WHERE "case" IS NOT NULL;
CREATE TABLE r_presence(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, occasion TEXT, person TEXT,
  mode TEXT);
CREATE INDEX r_presence_id ON r_presence(id);
CREATE INDEX r_presence_occasion ON r_presence(occasion) WHERE occasion IS NOT NULL;
CREATE INDEX r_presence_person ON r_presence(person) WHERE person IS NOT NULL;
CREATE TABLE r_goal_progress(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, occasion TEXT, goal TEXT,
  progress TEXT, percent INTEGER, note TEXT);
CREATE INDEX r_goal_progress_id ON r_goal_progress(id);
CREATE INDEX r_goal_progress_occasion ON r_goal_progress(occasion) WHERE occasion IS NOT NULL;
CREATE INDEX r_goal_progress_goal ON r_goal_progress(goal) WHERE goal IS NOT NULL;
CREATE TABLE r_case(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, number TEXT, stage TEXT,
  client TEXT, household TEXT, worker TEXT, supervisor TEXT, opened_on TEXT, source TEXT,
  found_in TEXT, natures TEXT, topic TEXT, risk TEXT, guardian_hidden INTEGER, reopens TEXT, closed_on TEXT,
  note TEXT);
CREATE INDEX r_case_id ON r_case(id);
CREATE INDEX r_case_number ON r_case(number) WHERE number IS NOT NULL;
CREATE INDEX r_case_client ON r_case(client) WHERE client IS NOT NULL;
CREATE INDEX r_case_household ON r_case(household) WHERE household IS NOT NULL;
CREATE INDEX r_case_opened_on ON r_case(opened_on) WHERE opened_on IS NOT NULL;
CREATE INDEX r_case_found_in ON r_case(found_in) WHERE found_in IS NOT NULL;
CREATE INDEX r_case_reopens ON r_case(reopens) WHERE reopens IS NOT NULL;
CREATE INDEX r_case_closed_on ON r_case(closed_on) WHERE closed_on IS NOT NULL;
CREATE TABLE r_case_move(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, "case" TEXT, from_stage TEXT,
  to_stage TEXT, moved_on TEXT, reason TEXT);
CREATE INDEX r_case_move_id ON r_case_move(id);
CREATE INDEX r_case_move_case ON r_case_move("case") WHERE "case" IS NOT NULL;
CREATE TABLE r_intake(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, "case" TEXT, source TEXT,
  asked_on TEXT, intake_on TEXT, asker_name TEXT, asker_role TEXT, asker_phone TEXT,
  problem_own_words TEXT, problem_seen TEXT, urgency TEXT, safety_risks TEXT, safety_note TEXT,
  help_so_far TEXT, decision TEXT, decline_reason TEXT, decision_note TEXT, worker TEXT,
  supervisor_remark TEXT);
CREATE INDEX r_intake_id ON r_intake(id);
CREATE INDEX r_intake_case ON r_intake("case") WHERE "case" IS NOT NULL;
CREATE TABLE r_consent(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, "case" TEXT, told_on TEXT,
  service_scope TEXT, duties TEXT, exceptions_told TEXT, purpose TEXT, recipients TEXT,
  retention TEXT, withdrawal_told TEXT, ok_service TEXT, ok_record TEXT, ok_id_data TEXT,
  ok_health_data TEXT, ok_finance_data TEXT, ok_minor_data TEXT, ok_visit_family TEXT,
  ok_share_township TEXT, ok_share_civil TEXT, ok_share_referral TEXT, ok_supervision TEXT,
  ok_photo TEXT, ok_publicity TEXT, giver TEXT, giver_name TEXT, giver_relation TEXT,
  giver_document TEXT, signed_on TEXT, sign_mode TEXT, thumb_print INTEGER, witness TEXT,
  witness_role TEXT, worker TEXT, withdrawn_on TEXT, withdrawn_what TEXT);
CREATE INDEX r_consent_id ON r_consent(id);
CREATE INDEX r_consent_case ON r_consent("case") WHERE "case" IS NOT NULL;
CREATE TABLE r_assessment(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, "case" TEXT, assessed_on TEXT,
  worker TEXT, body TEXT, mind TEXT, abilities TEXT, strengths TEXT, self_care_eat TEXT,
  self_care_dress TEXT, self_care_bed TEXT, self_care_toilet TEXT, self_care_walk TEXT,
  self_care_bathe TEXT, family_structure TEXT, family_economy TEXT, family_care TEXT,
  support_sources TEXT, support TEXT, risk TEXT, risk_basis TEXT, policy_match TEXT, facts TEXT,
  judgement TEXT, conclusion TEXT, supervisor_remark TEXT);
CREATE INDEX r_assessment_id ON r_assessment(id);
CREATE INDEX r_assessment_case ON r_assessment("case") WHERE "case" IS NOT NULL;
CREATE TABLE r_need(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, assessment TEXT, sort TEXT,
  description TEXT, priority TEXT);
CREATE INDEX r_need_id ON r_need(id);
CREATE INDEX r_need_assessment ON r_need(assessment) WHERE assessment IS NOT NULL;
CREATE TABLE r_scale_score(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, assessment TEXT,
  instrument TEXT, score INTEGER, scored_on TEXT, scored_by TEXT, note TEXT);
CREATE INDEX r_scale_score_id ON r_scale_score(id);
CREATE INDEX r_scale_score_assessment ON r_scale_score(assessment) WHERE assessment IS NOT NULL;
CREATE TABLE r_plan(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, "case" TEXT, made_on TEXT,
  worker TEXT, overall_goal TEXT, strategy TEXT, resources TEXT, evaluation_methods TEXT,
  risk_plan TEXT, review_on TEXT, client_wishes TEXT, client_confirmed_on TEXT,
  client_sign_mode TEXT, supervisor TEXT, supervisor_confirmed_on TEXT, supervisor_remark TEXT);
CREATE INDEX r_plan_id ON r_plan(id);
CREATE INDEX r_plan_case ON r_plan("case") WHERE "case" IS NOT NULL;
CREATE TABLE r_goal(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, plan TEXT, place INTEGER,
  description TEXT, measure TEXT, due_on TEXT, need TEXT);
CREATE INDEX r_goal_id ON r_goal(id);
CREATE INDEX r_goal_plan ON r_goal(plan) WHERE plan IS NOT NULL;
CREATE INDEX r_goal_due_on ON r_goal(due_on) WHERE due_on IS NOT NULL;
CREATE INDEX r_goal_need ON r_goal(need) WHERE need IS NOT NULL;
CREATE TABLE r_step(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, plan TEXT, goal TEXT,
  place INTEGER, action TEXT, responsible TEXT, responsible_name TEXT, due_on TEXT, state TEXT,
  done_on TEXT);
CREATE INDEX r_step_id ON r_step(id);
CREATE INDEX r_step_plan ON r_step(plan) WHERE plan IS NOT NULL;
CREATE INDEX r_step_goal ON r_step(goal) WHERE goal IS NOT NULL;
CREATE TABLE r_session(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, date TEXT, start_time TEXT,
  end_time TEXT, mode TEXT, worker TEXT, methods TEXT, aim TEXT, facts TEXT, judgement TEXT,
  mood TEXT, next_plan TEXT, next_on TEXT, signature TEXT, supervisor_remark TEXT, "case" TEXT,
  place TEXT);
CREATE INDEX r_session_id ON r_session(id);
CREATE INDEX r_session_date ON r_session(date) WHERE date IS NOT NULL;
CREATE INDEX r_session_next_on ON r_session(next_on) WHERE next_on IS NOT NULL;
CREATE INDEX r_session_case ON r_session("case") WHERE "case" IS NOT NULL;
CREATE TABLE r_application(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, person TEXT, household TEXT,
  "case" TEXT, programme TEXT, applied_by TEXT, worker TEXT, verdict TEXT, policy_pack TEXT,
  policy_pack_sha256 TEXT, stage TEXT, filed_on TEXT, accepted_on TEXT, accepted_by TEXT,
  decision_due_on TEXT, notice_from TEXT, notice_to TEXT, result TEXT, result_on TEXT,
  result_reason TEXT, support_form TEXT, amount INTEGER, pays_from TEXT, review_on TEXT,
  note TEXT);
CREATE INDEX r_application_id ON r_application(id);
CREATE INDEX r_application_open ON r_application(filed_on) WHERE result IS NULL;
CREATE INDEX r_application_person ON r_application(person) WHERE person IS NOT NULL;
CREATE INDEX r_application_household ON r_application(household) WHERE household IS NOT NULL;
CREATE INDEX r_application_case ON r_application("case") WHERE "case" IS NOT NULL;
CREATE INDEX r_application_filed_on ON r_application(filed_on) WHERE filed_on IS NOT NULL;
CREATE INDEX r_application_decision_due_on ON r_application(decision_due_on) WHERE decision_due_on IS NOT NULL;
CREATE INDEX r_application_review_on ON r_application(review_on) WHERE review_on IS NOT NULL;
CREATE TABLE r_paper_item(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, application TEXT, title TEXT,
  state TEXT, got_on TEXT, note TEXT);
CREATE INDEX r_paper_item_id ON r_paper_item(id);
CREATE INDEX r_paper_item_application ON r_paper_item(application) WHERE application IS NOT NULL;
CREATE TABLE r_referral(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, person TEXT, "case" TEXT,
  sort TEXT, reasons TEXT, reason_note TEXT, receiver TEXT, receiver_sort TEXT,
  receiver_contact TEXT, receiver_phone TEXT, consented TEXT, consented_on TEXT, materials TEXT,
  sent_on TEXT, reply_due_on TEXT, reply_on TEXT, outcome TEXT, outcome_note TEXT, placed_on TEXT,
  placed_at TEXT, job_title TEXT, job_from TEXT, job_wage INTEGER, income_change_told INTEGER,
  worker TEXT);
CREATE INDEX r_referral_id ON r_referral(id);
CREATE INDEX r_referral_person ON r_referral(person) WHERE person IS NOT NULL;
CREATE INDEX r_referral_case ON r_referral("case") WHERE "case" IS NOT NULL;
CREATE INDEX r_referral_sent_on ON r_referral(sent_on) WHERE sent_on IS NOT NULL;
CREATE INDEX r_referral_reply_due_on ON r_referral(reply_due_on) WHERE reply_due_on IS NOT NULL;
CREATE INDEX r_referral_placed_on ON r_referral(placed_on) WHERE placed_on IS NOT NULL;
CREATE INDEX r_referral_job_from ON r_referral(job_from) WHERE job_from IS NOT NULL;
CREATE TABLE r_evaluation(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, "case" TEXT, evaluated_on TEXT,
  worker TEXT, methods TEXT, before TEXT, after TEXT, overall TEXT, satisfaction TEXT,
  satisfaction_by TEXT, client_words TEXT, reflection TEXT, supervisor_remark TEXT);
CREATE INDEX r_evaluation_id ON r_evaluation(id);
CREATE INDEX r_evaluation_case ON r_evaluation("case") WHERE "case" IS NOT NULL;
CREATE TABLE r_goal_result(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, evaluation TEXT, goal TEXT,
  result TEXT, percent INTEGER, note TEXT);
CREATE INDEX r_goal_result_id ON r_goal_result(id);
CREATE INDEX r_goal_result_evaluation ON r_goal_result(evaluation) WHERE evaluation IS NOT NULL;
CREATE INDEX r_goal_result_goal ON r_goal_result(goal) WHERE goal IS NOT NULL;
CREATE TABLE r_closure(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, "case" TEXT, closed_on TEXT,
  reason TEXT, reason_note TEXT, summary TEXT, goals_reached TEXT, remaining_risks TEXT,
  risk_note TEXT, followup_plan TEXT, followup_due_on TEXT, client_words TEXT,
  client_signed_on TEXT, client_sign_mode TEXT, worker TEXT, worker_signed_on TEXT,
  supervisor TEXT, supervisor_signed_on TEXT, supervisor_remark TEXT);
CREATE INDEX r_closure_id ON r_closure(id);
CREATE INDEX r_closure_case ON r_closure("case") WHERE "case" IS NOT NULL;
CREATE INDEX r_closure_followup_due_on ON r_closure(followup_due_on) WHERE followup_due_on IS NOT NULL;
CREATE TABLE r_followup(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, "case" TEXT, date TEXT,
  mode TEXT, worker TEXT, result TEXT, situation TEXT, reopen INTEGER, reopen_reason TEXT,
  next_on TEXT);
CREATE INDEX r_followup_id ON r_followup(id);
CREATE INDEX r_followup_case ON r_followup("case") WHERE "case" IS NOT NULL;
CREATE INDEX r_followup_date ON r_followup(date) WHERE date IS NOT NULL;
CREATE INDEX r_followup_next_on ON r_followup(next_on) WHERE next_on IS NOT NULL;
CREATE TABLE r_attachment(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, parent TEXT, title TEXT,
  sort TEXT, taken_on TEXT, taken_by TEXT, consent TEXT, mime TEXT, size INTEGER, sha256 TEXT,
  identity TEXT, note TEXT);
CREATE INDEX r_attachment_id ON r_attachment(id);
CREATE INDEX r_attachment_parent ON r_attachment(parent) WHERE parent IS NOT NULL;
CREATE TABLE r_task(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER, what TEXT, due_on TEXT,
  person TEXT, household TEXT, "case" TEXT, worker TEXT, done_on TEXT, note TEXT);
CREATE INDEX r_task_id ON r_task(id);
CREATE INDEX r_task_open ON r_task(due_on) WHERE done_on IS NULL;
CREATE INDEX r_task_due_on ON r_task(due_on) WHERE due_on IS NOT NULL;
CREATE INDEX r_task_person ON r_task(person) WHERE person IS NOT NULL;
CREATE INDEX r_task_household ON r_task(household) WHERE household IS NOT NULL;
CREATE INDEX r_task_case ON r_task("case") WHERE "case" IS NOT NULL;
"""


def upgrade() -> None:
    """Create every table of the first release."""
    for text in (LOG_TABLES, SEARCH_TABLES, RECORD_TABLES):
        for statement in filter(str.strip, text.split(";")):
            op.execute(statement)
