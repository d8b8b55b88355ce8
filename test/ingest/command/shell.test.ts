import { describe, expect, it } from 'vitest'
import { summary } from './moved.ts'

const lines: readonly (readonly [
  command: string | readonly string[],
  ...moved: readonly string[],
])[] = [
  [
    'hdfs dfs -cp /a /b && hdfs dfs -cp /b /c || hdfs dfs -cp /a /d; hdfs dfs -cp /e /f',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'hadoop fs -cp: hdfs:/b -> hdfs:/c =*',
    'hadoop fs -cp: hdfs:/a -> hdfs:/d =*',
    'hadoop fs -cp: hdfs:/e -> hdfs:/f =*',
  ],
  [`hdfs dfs -cp '/a b' "/c d"`, 'hadoop fs -cp: hdfs:/a b -> hdfs:/c d =*'],
  [String.raw`hdfs dfs -cp /a\ b /c'd'"e"`, 'hadoop fs -cp: hdfs:/a b -> hdfs:/cde =*'],
  [
    String.raw`hdfs dfs -cp $'/tab\there' $'/x\x41\u0042\103'`,
    'hadoop fs -cp: hdfs:/tab	here -> hdfs:/xABC =*',
  ],
  [
    String.raw`hdfs dfs \
  -cp /a \
  /b # a comment with 'quotes`,
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
  ],
  ['# only a comment'],
  [
    'SRC=/raw; DST="$SRC/copy"; hdfs dfs -cp $SRC ${DST}',
    'hadoop fs -cp: hdfs:/raw -> hdfs:/raw/copy =*',
  ],
  [
    String.raw`export SRC=/raw DST=/copy
hdfs dfs -cp "$SRC" "$DST"`,
    'hadoop fs -cp: hdfs:/raw -> hdfs:/copy =*',
  ],
  ['OPTS="-f -p"; hdfs dfs -cp $OPTS /a /b', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  [
    'hdfs dfs -cp ${SRC:-/default/src} ${DST-/default/dst}',
    'hadoop fs -cp: hdfs:/default/src -> hdfs:/default/dst =*',
  ],
  ['SRC=; hdfs dfs -cp ${SRC:-/empty} ${SRC-/kept}/x', 'hadoop fs -cp: hdfs:/empty -> hdfs:/x =*'],
  [': ${SRC:=/assigned}; hdfs dfs -cp $SRC /b', 'hadoop fs -cp: hdfs:/assigned -> hdfs:/b =*'],
  [
    'F=/in/x.csv.gz; hdfs dfs -cp $F /out/${F##*/}; hdfs dfs -cp $F ${F%.gz}; hdfs dfs -cp $F ${F%%.*}; hdfs dfs -cp $F ${F/in/done}',
    'hadoop fs -cp: hdfs:/in/x.csv.gz -> hdfs:/out/x.csv.gz =*',
    'hadoop fs -cp: hdfs:/in/x.csv.gz -> hdfs:/in/x.csv =*',
    'hadoop fs -cp: hdfs:/in/x.csv.gz -> hdfs:/in/x =*',
    'hadoop fs -cp: hdfs:/in/x.csv.gz -> hdfs:/done/x.csv.gz =*',
  ],
  [
    'D=20260302; hdfs dfs -cp /a /b/${D:0:4}-${D:4:2}/x',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b/2026-03/x =*',
  ],
  ['E=prod; hdfs dfs -cp /a /${E^^}/x', 'hadoop fs -cp: hdfs:/a -> hdfs:/PROD/x =*'],
  ['hdfs dfs -cp /data/$UNSET/x /data/y$UNSET', 'hadoop fs -cp: hdfs:/data -> hdfs:/data =*'],
  [
    'hdfs dfs -cp /data/$(date +%F)/x /data/`date +%F`',
    'hadoop fs -cp: hdfs:/data -> hdfs:/data =*',
  ],
  ['hdfs dfs -cp /data/$((1 + 2))/x /y', 'hadoop fs -cp: hdfs:/data -> hdfs:/y =*'],
  ['hdfs dfs -cp "/data/[scrubbed:mrn]/x" /y', 'hadoop fs -cp: hdfs:/data -> hdfs:/y =*'],
  ['hdfs dfs -cp ~/x /y', 'hadoop fs -cp: -> hdfs:/y ?VALUE source'],
  [
    'X=$(hdfs dfs -cat /config/path); hdfs dfs -cp /a/$X /b',
    'hadoop fs -cat: hdfs:/config/path ->',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
  ],
  ['DAY=$(echo 2026); hdfs dfs -cp /a/$DAY/x /b', 'hadoop fs -cp: hdfs:/a/2026/x -> hdfs:/b =*'],
  [
    '(cd /mnt/a && hdfs dfs -put x /in); hdfs dfs -put x /in',
    'hadoop fs -put: file /mnt/a/x -> hdfs:/in =*',
    'hadoop fs -put: -> hdfs:/in ?VALUE source',
  ],
  [
    '{ hdfs dfs -cp /a /b; hdfs dfs -cp /c /d; } > /dev/null 2>&1',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'hadoop fs -cp: hdfs:/c -> hdfs:/d =*',
  ],
  [
    String.raw`if hdfs dfs -test -e /a; then
  hdfs dfs -cp /a /b
elif true; then hdfs dfs -cp /c /d
else
  hdfs dfs -cp /e /f
fi`,
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'hadoop fs -cp: hdfs:/c -> hdfs:/d =*',
    'hadoop fs -cp: hdfs:/e -> hdfs:/f =*',
  ],
  [
    'if [ "$1" = x ]; then B=one; else B=two; fi; hdfs dfs -cp /a /b/$B/c',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
  ],
  [
    'B=one; if [ "$1" = x ]; then B=one; fi; hdfs dfs -cp /a /b/$B/c',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b/one/c =*',
  ],
  ['[ -z "$B" ] && B=one; hdfs dfs -cp /a /b/$B/c', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  ['test -n "$B" || B=one; hdfs dfs -cp /a /b/$B/c', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  [
    String.raw`case "$1" in
  full) hdfs dfs -cp /a /b ;;
  delta|x) hdfs dfs -cp /c /d ;;
  *) echo unknown; exit 1 ;;
esac`,
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'hadoop fs -cp: hdfs:/c -> hdfs:/d =*',
  ],
  [
    'for t in a b; do hdfs dfs -cp /in/$t /out/$t; done',
    'hadoop fs -cp: hdfs:/in/a -> hdfs:/out/a =*',
    'hadoop fs -cp: hdfs:/in/b -> hdfs:/out/b =*',
  ],
  [
    'TABLES=(a "b c"); for t in "${TABLES[@]}"; do hdfs dfs -cp "/in/$t" /out; done',
    'hadoop fs -cp: hdfs:/in/a -> hdfs:/out =*',
    'hadoop fs -cp: hdfs:/in/b c -> hdfs:/out =*',
  ],
  [
    'for t in $(cat tables.txt); do hdfs dfs -cp /in/$t /out; done',
    'hadoop fs -cp: hdfs:/in -> hdfs:/out =*',
  ],
  [
    'while read t; do hdfs dfs -cp /in/$t /out; done < tables.txt',
    'hadoop fs -cp: hdfs:/in -> hdfs:/out =*',
  ],
  [
    'i=0; while [ $i -lt 3 ]; do hdfs dfs -cp /in/$i /out; i=$((i+1)); done',
    'hadoop fs -cp: hdfs:/in -> hdfs:/out =*',
  ],
  [
    'for ((i=0; i<3; i++)); do hdfs dfs -cp /in/$i /out; done',
    'hadoop fs -cp: hdfs:/in -> hdfs:/out =*',
  ],
  [
    String.raw`move() { hdfs dfs -cp /in/$1 /out/$2; }
move a b; move "c d" e`,
    'hadoop fs -cp: hdfs:/in/a -> hdfs:/out/b =*',
    'hadoop fs -cp: hdfs:/in/c, hdfs:/user/hadoop/d -> hdfs:/out/e =*',
  ],
  [
    String.raw`function move { local t=$1; hdfs dfs -cp /in/$t /out; }
move a`,
    'hadoop fs -cp: hdfs:/in/a -> hdfs:/out =*',
  ],
  [
    'set -- x y; hdfs dfs -cp /in/$1 /out/$2; shift; hdfs dfs -cp /in/$1 /out',
    'hadoop fs -cp: hdfs:/in/x -> hdfs:/out/y =*',
    'hadoop fs -cp: hdfs:/in/y -> hdfs:/out =*',
  ],
  [`bash -c 'hdfs dfs -cp /in/$1 /out' name x`, 'hadoop fs -cp: hdfs:/in/x -> hdfs:/out =*'],
  ['bash -lc "hdfs dfs -cp /a /b"', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  [
    String.raw`sh -c "sh -c \"sh -c 'hdfs dfs -cp /a /b'\""`,
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
  ],
  ['eval "hdfs dfs -cp /a /b"', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  [
    `bash <<'EOF'
hdfs dfs -cp /a /b
EOF`,
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
  ],
  [
    String.raw`bash <<EOF
hdfs dfs -cp $A /b
EOF`,
    'hadoop fs -cp: -> hdfs:/b ?VALUE source',
  ],
  [
    String.raw`A=/a
bash <<-EOF
	hdfs dfs -cp $A /b
	EOF
hdfs dfs -cp /c /d`,
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'hadoop fs -cp: hdfs:/c -> hdfs:/d =*',
  ],
  ['hive <<< "insert into curated.t select * from raw.t"', 'hive: glue:raw/t -> glue:curated/t =*'],
  [
    `cat > run.sh <<'EOF'
hdfs dfs -cp /in/$1 /out
EOF
chmod +x run.sh
bash run.sh x
./run.sh y`,
    'hadoop fs -cp: hdfs:/in/x -> hdfs:/out =*',
    'hadoop fs -cp: hdfs:/in/y -> hdfs:/out =*',
  ],
  [`echo 'hdfs dfs -cp /a /b' > /tmp/x.sh; sh /tmp/x.sh`, 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  [
    String.raw`cat <<EOF | hdfs dfs -put - /marker
done
EOF`,
    'hadoop fs -put: -> hdfs:/marker',
  ],
  [
    `set -euo pipefail; trap 'echo failed' ERR; hdfs dfs -cp /a /b`,
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
  ],
  ['[[ -n $x && $y =~ ^(a|b)$ ]] && hdfs dfs -cp /a /b', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  ['(( x > 3 )) && hdfs dfs -cp /a /b', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  ['time hdfs dfs -cp /a /b', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  ['! hdfs dfs -cp /a /b', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  [
    'hdfs dfs -cp /a /b & hdfs dfs -cp /c /d & wait',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'hadoop fs -cp: hdfs:/c -> hdfs:/d =*',
  ],
  ['exec hdfs dfs -cp /a /b', 'hadoop fs -cp: hdfs:/a -> hdfs:/b =*'],
  [
    '/usr/bin/hdfs dfs -cp /a /b; $HADOOP_HOME/bin/hdfs dfs -cp /c /d',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'hadoop fs -cp: hdfs:/c -> hdfs:/d =*',
  ],
  ['$CMD dfs -cp /a /b', 'shell: ?VALUE the command itself'],
  [
    'source /etc/profile; source ./vars.sh; hdfs dfs -cp $A /b',
    'source: ?SCRIPT ./vars.sh',
    'hadoop fs -cp: -> hdfs:/b ?VALUE source',
  ],
  [
    'hdfs dfs -cp /a /b; if true; then hdfs dfs -cp /c /d',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'hadoop fs -cp: hdfs:/c -> hdfs:/d =*',
    'shell: ?SYNTAX shell',
  ],
  [
    'hdfs dfs -cp /a /b; echo "open',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
    'shell: ?SYNTAX shell',
  ],
  [
    'comm <(hdfs dfs -cat /a) <(hdfs dfs -cat /b) > /mnt/x',
    'hadoop fs -cat: hdfs:/a ->',
    'hadoop fs -cat: hdfs:/b ->',
    'comm: -> file /mnt/x ?TOOL comm',
  ],
  ['hdfs dfs -cp /a/{x,y} /b', 'hadoop fs -cp: hdfs:/a/{x,y} -> hdfs:/b =*'],
  ['hdfs dfs -cp "" /b', 'hadoop fs -cp: -> hdfs:/b ?VALUE source'],
]

describe('commands of a shell', () => {
  it.each(lines)('are read: %j', (command, ...moved) => {
    expect(summary(command)).toEqual(moved)
  })
})
