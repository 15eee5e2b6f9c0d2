"""English abbreviations and the words beside them, sorted by what a full stop after them means. All without that stop."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# Before a name or a thing, never at the end: "Gen. Miller", "Lt. Col. Campbell", "Mt. Fuji", "vs. the Ministry".
ALWAYS_BEFORE_MORE = _words(
    "Adj Adm Amb Asst Ayat Brig Capt Cdr Cmdr Cmdt Col Comdr Cpl Cpt Det Dr Drs Eng Engr Ens Fr Ft Gen Gov Hon Insp Lieut Lt",
    "Maj Messrs Mlle Mme Mr Mrs Ms Msgr Mt Mx Ofc Ph Pres Prof Pvt Rep Reps Rev Secy Sen Sens Sgt Supt",
    "approx ca cf e.g eg i.e ie v viz vs",
)
# Before a number they belong to it: "No. 2593", "p. 55", "Art. 54". Elsewhere they may end a sentence: "No. We stay."
BEFORE_A_NUMBER = _words(
    "Art Arts Ch Fig Figs No Nos Nr Op Para Res Sec Sect Vol",
    "art ch fig no nos op p para pp sec vol",
)
# No abbreviations, though sentencex takes them for some: "Nobody told me. Karimi knew" (and not Maine).
NO_ABBREVIATIONS = _words("art arts arc fed id ill may me miss no ok op DC ID OK Ok")
MONTHS = _words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
WEEKDAYS = _words("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun")
# After the hour they belong to it: "4:30 a.m. GMT", "6 p.m. Friday", "9 p.m. Kabul time".
DAY_HALVES = _words("a.m p.m A.M P.M")
ZONES = _words("AFT BST CDT CEST CET CST CT EDT EST ET GMT IST MDT MSK MST MT PDT PKT PST PT UTC Eastern Pacific")
DAYS_AND_MONTHS = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "January February March April May June July August September October November December",
)
# What a single letter names: "Hepatitis C. Doctors", "plan B. Nobody". After other words a single letter is an initial.
LETTERED = _words("block category class grade group hepatitis level part phase plan row schedule section team type vitamin")
# A number after one of these is its own, and no marker of a list: "He was in grade 2. Then he left".
NUMBERED = _words(
    "article chapter class day grade group level no number page part phase room section step table type",
    "about and are at by from in is of on or than to was were",
)
# Words that begin sentences and hardly ever names. After "the U.S." they tell "How about you?" from "Government".
STARTERS = _words(
    "A About According After All Also Although Among An And Another Any Anyone Are As At Because Before Between Both But By",
    "Can Could Despite Did Do Does During Each Earlier Either Even Every Everyone Few For From Had Has Have He Her Here His",
    "How However I If In Instead Is It Its Last Later Let Many Maybe Meanwhile More Most Much Must My Near Nearly Neither",
    "Never Next No Nobody None Nor Not Nothing Now Of On Once One Only Or Other Others Our Over Perhaps Please Several She",
    "Should Since So Some Someone Soon Still Such That The Their Then There These They This Those Though Three Through",
    "Thus To Today Tomorrow Two Under Unless Until Was We Were What When Where Whether Which While Who Whoever Whose Why",
    "With Within Without Would Yes Yesterday Yet You Your",
)
# Verbs by which speech is attributed. Those that ask or tell take a person after them, the others do not.
VERBS_OF_ASKING = _words("asked asks cried exclaimed inquired shouted told wonders wondered yelled")
VERBS_OF_SAYING = _words("added adds explained recalled replied said says")
