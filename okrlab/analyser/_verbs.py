"""Common English verbs beyond those of the lexicon: enough to see that a line opens with one.

Most goals that open with one of these name an activity; the model learns which.
"""

from __future__ import annotations

# Words that are nouns at least as often ("report", "plan") stand in `AMBIGUOUS` too.
COMMON = frozenset(
    """
accept access accommodate accompany account adapt address adjust administer admit advertise
advocate afford allocate allow amend announce answer anticipate apologize appeal appear apply
appreciate approach arise arrive articulate ascertain aspire assemble assert assign associate
assume assure attach attempt audit augment authorize await balance ban base battle bear become beg
believe belong bid bind blend block board borrow brew bridge broadcast browse brush calculate
calibrate campaign cancel care cater cause cease celebrate challenge channel choose circulate cite
claim clarify classify click climb coach collate combat combine comment compensate compete compile
complain compose comprise compute conceive concentrate conclude confirm confront connect conserve
consider consist constrain consume container contemplate contract control convene convey convince
cook cooperate cope correct correspond counsel count counter cover crawl cross cultivate curate
customize cycle date deal debate debug decide declare decorate dedicate deepen defend defer define
delay delegate delete demand demonstrate deny depart depend depict derive descend describe deserve
designate desire detect determine devise devote diagnose differ differentiate dig direct disable
disappear disclose discover dismantle dispatch display dispose distinguish distribute diversify
divide donate double-check download drill drink drop earn ease eat edit educate elaborate elect
elevate elicit email embark embrace emerge emphasize employ encounter encourage enforce enhance
enjoy enlarge enlist enquire enrich ensure entail entertain entitle equip escalate escape
establish estimate evacuate evaluate evolve exceed exchange exclude execute exercise exhibit exist
expect expedite experience experiment explain exploit express facilitate fail familiarize favor
favour feed fetch fight figure fill filter finance find fine-tune finish fit flag flow fly focus
fold forecast forge forget formalize formulate forward fulfil fulfill fund furnish gauge get give
go govern grant greet grow guide hand handle happen harden harmonize harness harvest hear heat
highlight hope hunt identify ignore illustrate imagine impact imply import impose include
incorporate incur indicate induce infer influence inform initiate innovate inquire insert insist
inspect inspire instigate instruct insure intend interact intercept interest interpret intervene
invent invest involve iron isolate issue iterate join journey judge jump justify know label lack
laminate lay leap lease leave lecture lend leverage liaise license lie lift light like line link
list listen load lobby locate lock log look lose love mail maintain make map mark market master
match mature mean measure mediate mentor merge migrate mind mitigate mobilize model moderate
modify motivate mount name navigate need negotiate network note notice notify number obey object
observe obtain occur offer offload operate oppose optimize order orient originate outline
outsource overcome overhaul overlook oversee own pack paint park partner paste pay perceive permit
persuade phone photograph pick picture pioneer place plant play plead please plot point polish
pool populate possess post practise pray predict prefer present preside press pressure presume
pretend price prioritize probe proceed procure profile program progress project promise promote
prompt proofread propose prosecute prototype publicize pull punish purchase pursue push qualify
quantify query question queue quit quote race rank reach react realize rearrange reassure rebuild
recall receive recognize recommend reconcile reconsider record recover recycle redirect rediscover
redistribute refer refill refine reflect reform refresh refuse regain regard regulate rehearse
reimburse reinforce reject relate relax relieve rely remain remember remodel remove render renew
rent reorganize repair repeat reply reposition represent reproduce request require reschedule
rescue resell reserve reset reshape reside resist resolve respect respond restart restock restore
restrict restructure result resume retain rethink retrain retrieve return reuse reveal reverse
revise revisit revive reward ride ring risk rotate route rule sample satisfy save say scan scope
screen seal search seat see seek segment seize send sense separate serve service settle shadow
share shift shop shout show sign-off signal simplify simulate sit size sketch skip slice smooth
socialize soften solicit solve source spark speak specify speed spell spend split sponsor spot
spread stabilize staff standardize steer stem step stick stimulate stipulate store streamline
strengthen stress stretch structure study submit subscribe succeed suggest summarize supervise
supplement supply suppose surpass survive suspend swap sweep systematize tackle tag tailor tame
tap target taste teach tell tend terminate thank think throw tie tighten tour trace trade
transcribe transform transition transport travel treat trial trigger trouble troubleshoot trust
try-out tune tutor type uncover undergo understand undertake unfold unify unite unload update
uphold upload urge use utilize validate value vary verify video view visualize voice volunteer
vote wait walk want warn wash waste watch wear welcome wipe wish withdraw witness wonder worry
wrap
""".split()
)

AMBIGUOUS = frozenset(
    """
access account address aim approach audit award balance ban base battle benefit board boost bridge
broadcast brush call campaign care cause challenge change channel claim click climb coach comment
conduct contact contract control cook cost count counter cover cross cut cycle date deal debate
decline decrease delay demand design display document draft drill drink drop email employ estimate
exchange exercise experience experiment export fall feed figure fill filter finance fit fix flag
flow focus fold forecast forward fund gain grant growth guide hand handle harvest heat help
highlight hire hope hunt impact import improvement increase influence insert interest iron issue
journey judge jump label lack launch lead lease lecture leverage license lift light like limit
line link list load lobby lock log look love mail map mark market master match mean measure mind
model mount move name need network note notice number object offer order outline overhaul pack
paint park partner pay phone photograph pick picture pilot place plan plant play plot point polish
pool post practise present press pressure price probe process profile program progress project
promise prompt prototype purchase quality query question queue quote race rank rate reach record
redesign reform refresh regard release repair reply report request rescue research reserve reset
respect result return reverse review reward rewrite ride ring rise risk route rule run sample save
scan schedule scope score screen seal search seat sense service shadow share shift shop show
signal size sketch skip slice sort source spark speed spot spread staff start stay stem step store
stress stretch structure study supply support survey swap sweep tag target taste test tie time
touch tour trace trade train transition transport travel treat trial trigger trouble trust tune
turn tutor type update upgrade upload use value video view visit voice volunteer vote wait walk
warn wash waste watch wear welcome wish witness wonder work worry wrap
""".split()
)
