/**
 * Words of schemas that no rule asks for. They say where one word of `lastbilleddate` ends and the
 * next begins, and keep words that look much like another (`patent`, `contract`, `change`,
 * `remember`) from being taken for it.
 */
export const ordinaryWords: readonly string[] = (
  'about above access accident action active activity actual addressee adjust admin administration advantage after ' +
  'agency agent aggregate alert align allergic allowance along ambulance analysis anchor annual answer api app application applied ' +
  'approval archive area array arrival asset assign assigned assurance attempt attribute audit author auto average awake award ' +
  'back bag bank bar bare base baseline basic basis batch before begin below best between bill bin birthplace bit block board body bonus boolean bottom box branch ' +
  'break breakage brand browser budget buffer build bundle bus business button bytes cache calendar call callback campaign candidate capacity ' +
  'carrier cart case cash catalog category cell center central certified chain change channel chapter charger check checksum child choice city class clean clear ' +
  'client clock close closed cloud cluster coarse collected color column command commit committed common company compare complete completed completion component ' +
  'config configuration confirm connect connection consent console constant consumer container content context continue continued contract control conversion ' +
  'copy corner correct cost count counter country couple course cover create credit cross current currency custom cycle damage data database dataset day days ' +
  'debit decimal decision default defined definition degree delay delivery delta demand density deploy deployment depth detail details deviation diem difference ' +
  'digital dimension direct direction directory disabled discontinue discontinued discount disk display distance division document domain door double down ' +
  'drainage draft due duplicate duration during each early east edge edit effect effective efficiency element else emission employed enabled encoding end engine enter entered entity ' +
  'entry environment equal equipment error estimate evaluation event every evidence exact example except exit expected expiry explain export exposure extension external extra ' +
  'fact factor failed failure false family fast feature federal fee feed few field figure file filename fill filter final finance fiscal fixed flag flat fleet floor ' +
  'flow fluid folder footage for force foreign form format forward fraction frame free from front full function future gap gateway gauge general generated ' +
  'generic given global goal goods grade grain grant graph gross group growth guide half hand handler hash header health healthcare height hidden high history hold holiday home ' +
  'host hostname hour hours house human image impact import impression inactive incident include incoming incremental index indicator info information initial inner ' +
  'input insert install instance instant instruction integer interest interface internal interval inventory is isolate issue item job join journal junction key kind label lag language ' +
  'large last latency latest layer lead leakage left legacy length letter level library life limit line link linkage links list listing live load local locator lock lockout log logic long ' +
  'lookup lot low lower machine mail main major manage manager mandate manual map mapping margin mark market marketing mask master match material maximum max mean media medial ' +
  'medium member memory menu merge message metadata method metric middle mileage min minimum minor minute minutes missing mode model module moment monitor month monthly months morality mortgage most motion ' +
  'move multiple native natural nature need net network never new news next node nominal none normal north not number numeric object offer office offset old ' +
  'online only open operation operator option order ordered ordinal origin original other outage outer output overall override overlay owner ownership pack package packet page pair ' +
  'parent part partial partition partner party pass passage patch patent path pattern payload peak pending per percent percentage performance period permission permit phase pick picture ' +
  'piece pipeline place placed plain plant platform player point pointer police policy pool popular population port position post postage posting power preceding preference prefix ' +
  'premium prescribed present previous price primary print prior priority private process processor produced producer product production profile profit program progress project property protocol ' +
  'public published purchase purpose purge push quality quantity quarter query question queue quick quota quote raise random range rank rate rateuom ratio raw reach read ready real reason receipt receive received recent ' +
  'record recovery reduce reference region register registration registry regular rejected related relation relationship release remainder remember remote remove rename render renewal repeat replaced report ' +
  'request required reserve reset resource response rest restart restored result retail retention retry return reverse review revision right risk role root round row rule run sale sales sample sanction ' +
  'scale schedule scheduled schema scope score scratch screen script search season second secondary section sector secure security segment select self sender sensor separate sequence serial series server ' +
  'service session set setting several severity shape shared shift ship shipped shipping short shortage show side signage signal simple single site size slice slide sliding slot small smart snapshot society ' +
  'software solution sort sound source south space span speed split spot square stack staff stage staging standard statue state statement states static station statistic status step stock stop storage store stored ' +
  'stoppage stream liquidate consolidate invalidate accommodate intimidate predate backdate signature void formatted format internal external listing strict string structure style subject submit submitted subtype summary sum supervisor supplier supply support surface switch sync syntax synthetic system table tag target task tax team technical template tenant ' +
  'term terminal test text thing third thread threshold ticket tier time timer title token tonnage tool top topic total total trace track trade traffic transaction transfer transform transit transition transport ' +
  'trend trigger true trust type unique unit units unknown update upgrade upload upper uptime usage use user utility valid validation value values variable variant vector vendor verbatim verified verify version vertical ' +
  'view virtual visual volume voltage wait warehouse warning wastage week weekly west width window with within word work worker workflow write written year years zero zone zoned zipped ' +
  'at by of in out to on as if or and the no yes id ed uom addon adjusted adjustment advance affordable assessed reported resolved returned reviewed scored sent signed sold solved sorted started viewed ' +
  'arrived arriving assigning ordering placing counting billing mailing calling training rating listing pending posting shipping testing tracking writing reading loading meeting ' +
  'airport alternate arrange arranged artifact artist auction bidder booking bookmark browse bucket build carriage catalogue cohort comparison compile contest conveyor cookie coupon crew ' +
  'dashboard deadline dealer destination diameter domestic donation drawer driver emitter engagement exchange expense explore export extent fabric farm fashion ferry fetch finish flight foreign ' +
  'freight friend frontier fuel game garden generator gift guest hardware harvest heading hotel idle impressions insight journey kernel kitchen landing lease ledger lender loan locale loyalty ' +
  'luggage manifest maker measure merchant meter milestone mission native negative notice notification nonformulary opportunity optional outbound parcel passenger password pickup pixel playlist portal ' +
  'positive prospect publisher radius reader refund replica reseller reservation revision reward route routing sandbox satellite seller shelf shipment silver gold bronze sitemap socket sponsor sprint squad ' +
  'subscription survey synopsis tariff temporal tenure texture theme throughput ticket timezone toggle tracker translation traveler treasury trip tuning unified union utilization vacancy validity vehicle venue vertex vessel viewer visitor wallet warranty weather website ' +
  'widget window wire wizard workspace yield beginning demographic apache detail master stored resume consult consultation medium patron persona render stray careful partner strategy county counted'
).split(' ')
