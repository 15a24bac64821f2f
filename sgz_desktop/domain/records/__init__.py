"""All kinds of record. A kind that is declared badly fails here, when the program starts.

A kind's name and its fields' names are the wire format for ever; labels may change.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sgz_desktop.domain.records.activity import Activity, SignIn
from sgz_desktop.domain.records.application import Application, PaperItem
from sgz_desktop.domain.records.assessment import Assessment, Need, ScaleScore
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.case import Case, CaseMove
from sgz_desktop.domain.records.closure import Closure
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.contact import Contact
from sgz_desktop.domain.records.contract import (
    Contract,
    ContractBudget,
    ContractHandover,
    ContractTarget,
    Spending,
)
from sgz_desktop.domain.records.device import Device
from sgz_desktop.domain.records.diary import Diary
from sgz_desktop.domain.records.evaluation import Evaluation, GoalResult
from sgz_desktop.domain.records.evaluation_pack import EvaluationEvidence, EvaluationItem, EvaluationTable
from sgz_desktop.domain.records.followup import Followup
from sgz_desktop.domain.records.group import Attendance, Group, GroupMember, GroupSession
from sgz_desktop.domain.records.handover import Handover
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.household_check import HouseholdCheck
from sgz_desktop.domain.records.intake import Intake
from sgz_desktop.domain.records.kinship import Kinship
from sgz_desktop.domain.records.mandatory_report import MandatoryReport, ReportCall
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.obligor import Obligor
from sgz_desktop.domain.records.office import PolicyText, Publication, ServiceItem
from sgz_desktop.domain.records.organisation import Organisation
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.plan import Goal, Plan, Step
from sgz_desktop.domain.records.premises import Equipment, Room, RoomUse, ServicePoint
from sgz_desktop.domain.records.presence import GoalProgress, Presence
from sgz_desktop.domain.records.rating import Rating
from sgz_desktop.domain.records.redaction import Redaction
from sgz_desktop.domain.records.referral import Referral, ReferralCall
from sgz_desktop.domain.records.registry import validate
from sgz_desktop.domain.records.report import Report, ReportText
from sgz_desktop.domain.records.resource import Handout, Resource
from sgz_desktop.domain.records.session import Session
from sgz_desktop.domain.records.staff import Learning, Staff
from sgz_desktop.domain.records.supervision import Remark, SupervisorCopy
from sgz_desktop.domain.records.supervision_work import (
    Inspection,
    Supervision,
    SupervisionAgreement,
    Training,
)
from sgz_desktop.domain.records.survey import Survey, SurveyAnswer, SurveyQuestion, SurveySheet
from sgz_desktop.domain.records.task import Task
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.domain.records.volunteer import Volunteer, VolunteerNote, VolunteerService, VolunteerTeam
from sgz_desktop.domain.records.worker import Worker

RECORDS: tuple[type[Record], ...] = (
    Device,
    Worker,
    Redaction,
    Household,
    Person,
    Membership,
    Obligor,
    Benefit,
    Visit,
    Presence,
    GoalProgress,
    Case,
    CaseMove,
    Intake,
    Consent,
    Assessment,
    Need,
    ScaleScore,
    Plan,
    Goal,
    Step,
    Session,
    Application,
    PaperItem,
    Referral,
    Evaluation,
    GoalResult,
    Closure,
    Followup,
    Attachment,
    Task,
    Kinship,
    Contact,
    Diary,
    Rating,
    Handover,
    MandatoryReport,
    ReportCall,
    Organisation,
    ReferralCall,
    HouseholdCheck,
    SupervisorCopy,
    Remark,
    Report,
    ReportText,
    Attendance,
    GroupMember,
    GroupSession,
    Group,
    SignIn,
    Activity,
    VolunteerService,
    VolunteerNote,
    Volunteer,
    VolunteerTeam,
    Handout,
    Resource,
    Learning,
    Staff,
    SupervisionAgreement,
    Supervision,
    Training,
    Inspection,
    RoomUse,
    Room,
    ServicePoint,
    Equipment,
    ServiceItem,
    PolicyText,
    Publication,
    ContractTarget,
    ContractBudget,
    Spending,
    ContractHandover,
    Contract,
    SurveyQuestion,
    SurveyAnswer,
    SurveySheet,
    Survey,
    EvaluationEvidence,
    EvaluationItem,
    EvaluationTable,
)

BY_KIND: Mapping[str, type[Record]] = MappingProxyType({kind.KIND: kind for kind in RECORDS})

validate(RECORDS)


def kind_of(name: str) -> type[Record]:
    """The record class of a kind name. KeyError for a kind this version does not know."""
    return BY_KIND[name]
