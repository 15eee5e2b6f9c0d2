"""English words that tell a name from other capitals, and one kind of name from another. News style; all lower case."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# Begin sentences and headings, and are no names there. Beside those of text/abbreviations.py.
COMMON = _words(
    "a about above across after again against ago all almost along already also although always am among an and another any",
    "are around as asked at away back be because been before began behind being below between both but by called came can",
    "comment could day days despite did do does down during each either else end even ever every few first five for former",
    "four from get give go goes half had has have he hello help her here him his how however i if image in inside instead",
    "into is it its just last later least less let like made make many may maybe me meanwhile men might more most much must",
    "my near never new next nine no none nor not nothing now of off often on once one only or other our out over own people",
    "perhaps photo please put read reply right said same say says second see seven several share she should since six so",
    "some soon still such take ten than that the their them then there these they third this those though three through",
    "thus to today together too two under unless until up upon us use very was we well went were what whatever when where",
    "whether which while who whoever whole whom whose why will with within without women work would year years yes",
    "yesterday yet you your",
)
# Capitals of the calendar and of peoples: words of the language, not of the glossary.
CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february",
    "march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
    "ramadan nawroz nowruz eid gmt utc am pm",
)
PEOPLES = _words(
    "afghan afghans american americans arab arabs asian british chinese christian dari english european french german",
    "hazara indian iranian islam islamic israeli italian jew jewish kurdish muslim muslims pakistani pakistanis pashto",
    "pashtun persian russian saudi shia sunni syrian tajik turkish turkmen urdu uzbek western god mr mrs ms sir internet",
    "covid",
)
# Stand before a person's name.
TITLES = _words(
    "adm ambassador ayatollah brig capt captain chancellor chief col colonel commander commissioner doctor dr emir eng",
    "engineer engr gen general gov governor hajji haji imam insp judge khalifa king lt lieutenant maj major malawi maulana",
    "mawlawi mayor minister miss mr mrs ms mufti mullah mulla pres president prince princess prof professor qari queen rep",
    "sayed sen senator sgt sheikh sheik spokesman spokesperson spokeswoman syed ustad",
)
# End, or hold, the name of an organization.
ORGANIZATIONS = _words(
    "academy administration agency army association authority bank battalion board branch brigade bureau center centre club",
    "college command commission committee company cooperation corporation corps council court department directorate",
    "embassy federation forces foundation front fund government group hospital institute institution league ministry",
    "mission movement network news office organisation organization parliament party police press radio school sherkat",
    "society team times tribunal union university watch",
)
# End the name of a place.
PLACES = _words(
    "airport avenue bazaar border bridge city dam desert district gate highway island lake mountain mountains neighborhood",
    "park pass province region river road square station street valley village",
)
# Before a person's name, as an apposition: "its engineer Abdul Wahid".
ROLES = _words(
    "activist adviser advisor analyst author baker coach commander correspondent director doctor elder engineer expert",
    "father fighter founder governor head journalist judge lawyer leader mayor member merchant midwife minister mother",
    "neighbor nurse official physician poet politician president principal professor reporter researcher scholar secretary",
    "soldier spokesman spokesperson spokeswoman student teacher writer",
)
# After them a name is most often a place.
PREPOSITIONS_OF_PLACE = _words("across around from in inside near outside through throughout to toward towards")
SPEECH = _words(
    "added adds admitted argued asked asks announced claimed complained confirmed cried declared denied explained explains",
    "insisted noted pointed recalled remarked replied reported said says stressed told tells thinks warned wrote",
)
# Join the parts of a name: "Ministry of Energy and Water", "Abu Bakr al-Baghdadi", "Pul-e Khumri".
INNER = _words("of for de e i ul ud bin ibn al el")
