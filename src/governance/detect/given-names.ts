/** Given names that are common and no other words of schemas, in lower case. */
export const givenNames: ReadonlySet<string> = new Set(
  (
    'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald ' +
    'steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric ' +
    'jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry ' +
    'tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter christian keith roger terry ' +
    'austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert ' +
    'willie elijah wayne randy vincent mason roy ralph bobby russell philip eugene carlos luis antonio miguel angel ' +
    'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley ' +
    'kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura cynthia amy kathleen ' +
    'angela shirley brenda emma anna pamela nicole samantha katherine christine helen debra rachel carolyn janet maria ' +
    'catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith andrea ' +
    'hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice ' +
    'judy isabella julia grace amber denise danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla ' +
    'alexis lori marie mohammed muhammad ahmed ali fatima aisha wei li ming yan hiroshi yuki priya raj anil sanjay ivan olga ' +
    'natasha dmitri pierre hans jurgen giovanni paolo fernando pedro sofia lucia carmen rosa ana jane jim bob bill tom mike dave'
  ).split(' '),
)
