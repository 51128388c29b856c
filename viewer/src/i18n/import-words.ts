import { wholeNumber } from '../format/numbers';
import type { Lang } from '../state/url-state';
import { counted } from './counted';
import { messages } from './messages';

/**
 * What the server says in English of files, rows and guesses, in the person's language. Notes and questions
 * have in front what they are of: `list.csv: …`, `time.from: …`, `bad_time: …`. A sentence that is not known is
 * shown as it came.
 */
export function importWords(text: string, lang: Lang): string {
  return lang === 'en' ? text : (inSwedish(text) ?? text);
}

/** The language of what `importWords` gives, for a screen reader. */
export function languageOf(text: string, lang: Lang): 'en' | undefined {
  return lang === 'en' || text === '' || inSwedish(text) !== null ? undefined : 'en';
}

/** Whether a note asks whether something is wrong with the whole file, rather than telling how it was read. */
export function isWarning(note: string): boolean {
  return /rows cannot be used: |only when their two numbers change places: |said to be of the very same moment: |, and is believed: |: warning: |: is it the right extract\?|no area lies in the county: /.test(note);
}

/**
 * The server's sentences as its source has them, with {} for what is filled in. In the Swedish, {0} is the first
 * of these as it came: it may be a value of the person's file. {0~} is one of our own words and itself said in
 * Swedish, {0:} a key of a column profile, {0@} a source, {0()} a list whose counts stand in brackets, {0#} a
 * number, {0|rad|rader} a count.
 */
const said: Readonly<Record<string, string>> = {
  // rows
  'the time is empty': 'tiden är tom',
  'the column profile does not say when it happened': 'kolumnprofilen säger inte när det hände',
  '"{}" is no time; expected such as {}': '”{0}” är ingen tid; ska vara som {1}',
  '"{}" is written as {}, expected such as {}': '”{0}” är skrivet som {1~}; ska vara som {2}',
  'the hour is "{}", expected 0 to 23': 'timmen är ”{0}”; ska vara 0 till 23',
  '"{}" is no time of day; expected such as 14:05': '”{0}” är inget klockslag; ska vara som 14:05',
  'both columns tell a time: {} is "{}" and {} is "{}", expected a date alone in the first':
    'båda kolumnerna har ett klockslag: {0} är ”{1}” och {2} är ”{3}”; den första ska bara ha datum',
  'ends "{}", before it begins ("{}")': 'slutar ”{0}”, innan det börjar (”{1}”)',
  '"{}" is no date; expected such as {}': '”{0}” är inget datum; ska vara som {1}',
  'precision is "{}", expected exact, address, street, locality, kommun or lan':
    'noggrannheten är ”{0}”; ska vara exact, address, street, locality, kommun eller lan',
  '"{}" is none of the county\'s areas': '”{0}” är inget av länets områden',
  'has neither a position nor an area': 'har varken position eller område',
  'has neither a position nor an area, and the words do not tell ({})':
    'har varken position eller område, och orden säger det inte ({0~})',
  'the geometry is {}, expected a point': 'geometrin är {0}; ska vara en punkt',
  'the position is "{}", "{}", expected two numbers': 'positionen är ”{0}”, ”{1}”; ska vara två tal',
  'the time of observation is "{}"; expected such as {}': 'tiden för uppgiften är ”{0}”; ska vara som {1}',
  'was observed {}, expected between 1990 and today': 'uppgiften är från {0}; ska vara mellan 1990 och i dag',
  'happened {}, expected between 1990 and today': 'hände {0}; ska vara mellan 1990 och i dag',
  'happened {}, expected at most a day after it was observed ({})':
    'hände {0}; ska vara högst ett dygn efter att uppgiften lämnades ({1})',
  'ended {}, expected today at the latest': 'slutade {0}; ska vara senast i dag',
  'the position {}, {} lies outside the county\'s box of longitude {} to {}, latitude {} to {}':
    'positionen {0}, {1} ligger utanför länets ruta: longitud {2} till {3}, latitud {4} till {5}',
  'the position {}, {} lies outside the county\'s box, but inside when the two change places':
    'positionen {0}, {1} ligger utanför länets ruta, men i den när de två byter plats',
  'the position {}, {} lies outside the county\'s box': 'positionen {0}, {1} ligger utanför länets ruta',
  '{} {}, {} {} lies outside the county, but inside when the two change places, as they seem to have done in this row; {}':
    '{0~} {1}, {2~} {3} ligger utanför länet, men i det när de två byter plats, som de tycks ha gjort i raden; {4~}',
  'the id "{}" is in this file with other content already': 'id:t ”{0}” finns redan i filen med annat innehåll',
  'the same id is in this file with other content already': 'samma id finns redan i filen med annat innehåll',
  'line {}: text behind a closing quote': 'fysisk rad {0}: text efter ett avslutande citattecken',
  'line {}: holds a NUL byte': 'fysisk rad {0}: innehåller en nollbyte',
  'line {}: has {} fields, expected {}': 'fysisk rad {0}: har {1} fält; ska ha {2}',
  '{} is {} bytes long, at most {} are read': '{0} är {1#} byte lång; högst {2#} läses',
  'the place "{}" is none of the county\'s areas, though its gps lies here':
    'platsen ”{0}” är inget av länets områden, fast koordinaten ligger här',
  'datetime is "{}", expected for example "2022-10-08 7:03:04 +02:00"':
    'datetime är ”{0}”; ska vara till exempel ”2022-10-08 7:03:04 +02:00”',
  'name is "{}", expected a date as in "29 september 19:48, Rån, Uppsala"':
    'name är ”{0}”; ska ha ett datum som i ”29 september 19:48, Rån, Uppsala”',
  'name is "{}", expected a date of the 180 days before its publication ({}) or of the day after':
    'name är ”{0}”; ska ha ett datum inom 180 dagar före publiceringen ({1}) eller dagen efter',
  'how its file was read is not known; import the file again, and it will be':
    'hur filen lästes är inte känt; läs in filen igen, så blir det det',
  'rows of {} are corrected where they come from': 'rader ur {0@} rättas där de kommer ifrån',

  // rows of figures, areas and shops
  'the area is empty, expected a code or a name': 'området är tomt; ska vara en kod eller ett namn',
  'the area set {} has no area "{}"': 'områdesindelningen {0} har inget område ”{1}”',
  'the year is "{}", expected four digits': 'året är ”{0}”; ska vara fyra siffror',
  '"{}" cannot be understood as a number or interval': '”{0}” går inte att förstå som ett tal eller intervall',
  'the share is {}, expected 0 to 100': 'andelen är {0}; ska vara 0 till 100',
  'the value {} lies outside its interval, {} to {}': 'värdet {0} ligger utanför sitt intervall, {1} till {2}',
  '"{}" is no number': '”{0}” är inget tal',
  'the shop has no name, expected one': 'butiken saknar namn',
  'the date is "{}", expected such as 2024-03-01': 'datumet är ”{0}”; ska vara som 2024-03-01',
  'certified until {}, which is before {}': 'certifierad till {0}, som är före {1}',
  'the answer is "{}", expected ja, nej, delvis or nothing': 'svaret är ”{0}”; ska vara ja, nej, delvis eller tomt',
  'the position lies outside the county, though the shop is said to be in {}': 'positionen ligger utanför länet, fast butiken sägs ligga i {0}',
  '{}, {} is no place of SWEREF 99 TM': '{0}, {1} är ingen plats i SWEREF 99 TM',
  'the field {} is empty, expected the area\'s code': 'fältet {0} är tomt; ska vara områdets kod',
  'the geometry is a {}, expected a polygon': 'geometrin är {0}; ska vara en polygon',
  'the border has coordinates that are no place on earth': 'gränsen har koordinater som inte finns på jorden',

  // rows of requests, alerts and public transport
  'the request has no service_request_id, expected one': 'anmälan saknar service_request_id',
  'the request has only the token "{}": the city has not given it a number yet; ask for it later':
    'anmälan har bara biljetten ”{0}”: staden har inte gett den ett nummer än; hämta den senare',
  'requested_datetime is "{}", expected for example "{}"': 'requested_datetime är ”{0}”; ska vara till exempel ”{1}”',
  'updated_datetime is "{}", expected for example "{}", or nothing': 'updated_datetime är ”{0}”; ska vara till exempel ”{1}”, eller tomt',
  'the position is "{}", "{}", expected lat and long in degrees': 'positionen är ”{0}”, ”{1}”; ska vara lat och long i grader',
  'lat {}, long {} lies outside the county\'s box of latitude {} to {}, longitude {} to {}':
    'lat {0}, long {1} ligger utanför länets ruta: latitud {2} till {3}, longitud {4} till {5}',
  'the request has neither a position nor an address': 'anmälan har varken läge eller adress',
  'the alert has no id, expected one': 'meddelandet saknar id',
  'the stop has no id, expected one': 'hållplatsen saknar id',
  'the stop has no name, expected one': 'hållplatsen saknar namn',
  'the position is "{}", "{}", expected latitude and longitude in degrees': 'positionen är ”{0}”, ”{1}”; ska vara latitud och longitud i grader',
  'the line has no id, expected one': 'linjen saknar id',
  'the line has neither a short nor a long name': 'linjen saknar både kort och långt namn',

  // how a table is written
  'fields separated by {}, {}': 'fält åtskilda av {0~}, {1}',
  'fields separated by {}': 'fält åtskilda av {0~}',
  '{}, sheet {}': '{0}, bladet {1}',
  '{}, layer {}': '{0}, lagret {1}',
  'a JSON array': 'en JSON-lista',
  'GeoJSON, one feature a line, {}': 'GeoJSON, ett objekt per rad, {0}',

  // as it would be read
  '{}, the day': '{0}, dagen',
  '{} (the whole county)': '{0} (hela länet)',
  '{} (the kommun)': '{0} (kommunen)',
  '{} (exact, {})': '{0} (exakt plats, {1})',
  '{} (address, {})': '{0} (adress, {1})',
  '{} (street, {})': '{0} (gata, {1})',
  '{} (exact)': '{0} (exakt plats)',
  '{} (address)': '{0} (adress)',
  '{} (street)': '{0} (gata)',

  // guesses about the time
  '{} rows write {} {}: they will be set aside': '{0|rad|rader} skriver {1} {2~} och läggs åt sidan',
  '{} of {} values of {} are written year first': '{0#} av {1#} värden i {2} skrivs med året först',
  'no value of {} has a number above 12 in front or in the middle, so nothing tells whether {} begins with the day or the month; fill in the line "style"':
    'inget värde i {0} har ett tal över 12 först eller i mitten, så ingenting säger om {1} börjar med dagen eller månaden; välj under Så skrivs datum',
  'proven by {} values of {} that can be read in this order alone': 'bevisat av {0|värde|värden} i {1} som bara kan läsas i den ordningen',
  '{} values of {} can be read in this order alone, {} only in the opposite': '{0|värde|värden} i {1} kan bara läsas i den ordningen, {2#} bara i den motsatta',
  '{} is a date alone, and {} of {} values here are times of day such as {}':
    '{0} är bara datum, och {1#} av {2#} värden här är klockslag som {3}',
  '{} is a date alone, and all values here are hours from 0 to 23': '{0} är bara datum, och alla värden här är timmar från 0 till 23',
  'all {} times of day of {} are full hours': 'alla {0#} klockslag i {1} är hela timmar',
  '{} of {} values are times': '{0#} av {1#} värden är tider',
  '{} looks like dates, in several styles or not all of them, such as {}; write them in one':
    '{0} ser ut som datum, men skrivna på flera sätt eller inte alla, som {1}; skriv dem på ett sätt',
  'no column holds times; if the list has a known period, the line "fixed" says so for all rows':
    'ingen kolumn har tider; om listan gäller en känd period, ange den för alla rader',
  '{} is called like a time, but its values, such as {}, are none that can be read; write them as 2025-01-31 14:05':
    '{0} heter som en tid, men dess värden, som {1}, går inte att läsa som tider; skriv dem som 2025-01-31 14:05',
  'the only column with times, such as {}': 'den enda kolumnen med tider, som {0}',
  'of {} columns with times the one called most like when it happened':
    'av {0|kolumn|kolumner} med tider den som mest heter som när det hände',
  '{} of {} values of {} are no times; those rows are set aside': '{0#} av {1#} värden i {2} är inga tider; de raderna läggs åt sidan',
  'times too, in {} of {} rows, and called like an end': 'också tider, i {0#} av {1#} rader, och heter som ett slut',

  // guesses about the place
  '{} of its values name one of the county\'s {}': '{0} av värdena är namn på något av länets {1}',
  'not all values of {} are areas of the county; rows without a position that name another place are set aside':
    'inte alla värden i {0} är områden i länet; rader utan position som nämner en annan plats läggs åt sidan',
  'all its values are words for a precision': 'alla värden är ord för en noggrannhet',
  'degrees with {} decimals are known to about 100 metres': 'grader med {0} decimaler är kända på omkring 100 meter',
  'nothing tells whether positions were measured (exact) or looked up by address':
    'ingenting säger om positionerna är uppmätta (exakta) eller sökta efter adress',
  '{} of {} rows have a point': '{0#} av {1#} rader har en punkt',
  '{} of {} rows have a point, in {} as the file says': '{0#} av {1#} rader har en punkt, i {2} enligt filen',
  'the file does not say its coordinate system; fill in the line "epsg"':
    'filen säger inte vilket koordinatsystem den har; fyll i dess EPSG-nummer',
  'no two columns of numbers lie in {} in any coordinate system tried':
    'inga två kolumner med tal ligger i {0} i något av de prövade koordinatsystemen',
  '{} and {} are called like a position, but lie nowhere in {} in any coordinate system tried: is it the right county?':
    '{0} och {1} heter som en position men ligger ingenstans i {2} i något koordinatsystem som prövats: är det rätt län?',
  'called like a part of a position': 'heter som en del av en position',
  'no two columns of numbers lie in {} in any coordinate system tried; as it is, every row is known to the county only':
    'inga två kolumner med tal ligger i {0} i något av de prövade koordinatsystemen; så här är varje rad bara känd till länet',
  'read as {}, {} of the rows with both numbers lie in the county\'s box and {} in its areas':
    'läst som {0~} ligger {1} av raderna med båda talen i länets ruta och {2} i dess områden',
  '{} fits, but so do {}: which it is, who made the file knows': '{0} passar, men det gör {1} också: vilket det är vet den som gjorde filen',
  'by their numbers {} is {} and {} the other, though their headings say the opposite':
    'av talen att döma är {0} {1~} och {2} den andra, fast rubrikerna säger tvärtom',
  '{} of {} rows have no position, and no column names an area': '{0#} av {1#} rader saknar position, och ingen kolumn nämner ett område',

  // guesses about kinds, texts and ids
  'holds "{}", {}': 'innehåller ”{0}”, {1~}',
  'no kind is called like it': 'ingen brottstyp heter så',
  'no column tells kinds; the file or a heading has the word "{}"':
    'ingen kolumn säger brottstypen; filnamnet eller en rubrik har ordet ”{0}”',
  'no column tells kinds, nor does the file\'s name': 'varken någon kolumn eller filnamnet säger brottstypen',
  'if the list is of one kind, put its code here (docs/kinds.md)': 'om listan är av en enda brottstyp, välj den',
  '{} different values; {} % of the rows have a word that is known as it is, {} % one that holds a known word':
    '{0#} olika värden; {1} % av raderna har ett ord som är känt som det står, {2} % ett som innehåller ett känt ord',
  'the values are our own codes': 'värdena är våra egna koder',
  '{} of {} rows have a value that no kind is called like; give it a code or leave it unknown':
    '{0#} av {1#} rader har ett värde som ingen brottstyp heter; välj en brottstyp eller låt den vara okänd',
  'called like a place in words; kept for looking it up': 'heter som en plats i ord; används för att söka platsen',
  'called like a place in words': 'heter som en plats i ord',
  'called like a title': 'heter som en rubrik',
  'says in words what the kind\'s number means': 'säger i ord vad brottstypens nummer betyder',
  'the source\'s own word for what happened': 'källans eget ord för vad som hände',
  'texts of {} characters on average': 'texter på {0#} tecken i genomsnitt',
  'no column names the rows; each is named by its content, so that a corrected row is another row':
    'ingen kolumn är ett id; varje rad känns igen på sitt innehåll, så en rättad rad blir en ny rad',
  '{} is called like a number of the rows, but repeats: {} of {} rows have one that another has; each row is named by its content':
    '{0} heter som ett radnummer men upprepas: {1#} av {2#} rader har samma som en annan; varje rad känns igen på sitt innehåll',
  'called like a number, and different in all {} rows': 'heter som ett nummer och är olika i alla {0#} rader',
  'called like a number; {} of {} rows repeat one and are set aside where they say something else':
    'heter som ett nummer; {0#} av {1#} rader upprepar ett och läggs åt sidan där de säger något annat',
  'its values are addresses of the web': 'värdena är webbadresser',
  'called like the number of a case, which other sources may quote': 'heter som ett ärendenummer, som andra källor kan ange',
  'the first line holds a number or a date, so there is no heading': 'första raden har ett tal eller ett datum, så det finns ingen rubrikrad',
  'it looks like {}, not like incidents; riskbild import {} takes it in': 'det ser ut som {0~}, inte som händelser; välj det under Vad är det?',

  // notes
  'column profile {} (found by its columns), {}': 'kolumnprofil {0} (vald efter kolumnerna), {1~}',
  'column profile {}, {}': 'kolumnprofil {0}, {1~}',
  'the kind "{}" is not in column profile {} ({}): kind unknown': 'brottstypen ”{0}” finns inte i kolumnprofilen {1} ({2~}): okänd brottstyp',
  'lacks {}, which the column profile {} names: read as empty': 'saknar {0~}, som kolumnprofilen {1} nämner: läses som tomt',
  'lacks {}, which the column profile {} needs; it has {}': 'saknar {0~}, som kolumnprofilen {1} behöver; filen har {2}',
  'looked up by their words among the store\'s named places: {}, of which {} found as a point':
    'sökta efter sina ord bland kända platser: {0~}, varav {1#} hittade som punkt',
  'most positions lie in the county only when their two numbers change places: {} and {} seem to be swapped in the column profile {}; swap = true under its [position], or --swap-positions, reads them so':
    'de flesta positioner ligger i länet först när deras två tal byter plats: {0} och {1} tycks vara förväxlade i kolumnprofilen {2}; med swap = true under [position] läses de så',
  'the position lies elsewhere than in the area named, and is believed: {} (row {} names {}, its position lies {})':
    'positionen ligger på annat håll än i det nämnda området, och är den som gäller: {0~} (rad {1} nämner {2}, men positionen ligger {3~})',
  'the case number "{}" is quoted by {}, which makes them one incident': 'ärendenumret ”{0}” anges av {1~}, som därför blir en händelse',
  'and {} more case numbers are quoted by more than {} rows each': 'och {0#} ärendenummer till anges av fler än {1#} rader var',
  '{} stored already with other content said to be of the very same moment: nothing tells which is newer, so the former may stay the one shown; a later --observed decides':
    '{0~} redan inlästa med annat innehåll från samma ögonblick: ingenting säger vilket som är nyare, så det tidigare kan fortsätta att visas; ett senare datum för uppgifterna avgör',
  '{} of {} rows cannot be used: is it the right file and the right county?': '{0#} av {1#} rader kan inte användas: är det rätt fil och rätt län?',
  '{} of those set aside has been settled on the desk before, and stays so': '{0~} av dem som lagts åt sidan har avgjorts förut, och det gäller fortfarande',
  '{} of those set aside have been settled on the desk before, and stay so': '{0~} av dem som lagts åt sidan har avgjorts förut, och det gäller fortfarande',
  'holds no police events: the first object has the keys {}, expected id, datetime, name, summary, url, type, location':
    'innehåller inga polishändelser: det första objektet har nycklarna {0}; ska ha id, datetime, name, summary, url, type, location',
  'warning: borders may lie more than {} m from the true ones, so places near them may count in the wrong area; take detailed borders':
    'varning: gränserna kan ligga mer än {0} m fel, så platser nära dem kan räknas till fel område; ta noggrannare gränser',
  'codes and names only, no borders': 'bara koder och namn, inga gränser',
  'no area lies in the county: nothing is kept': 'inget område ligger i länet: inget är inläst',
  'has no routes.txt: no lines': 'saknar routes.txt: inga linjer',
  '{} whose name and position contradict each other; each says so': '{0~} vars namn och läge motsäger varandra; var och en säger det',
  'names cut off at 40 characters: {}': 'namn avhuggna vid 40 tecken: {0#}',
  'entrances and path nodes, which are no places here: {}': 'entréer och gångpunkter, som inte är platser här: {0#}',
  'departures of an average week of {} from {} stops, of {} rows of stop_times.txt ({} counted, {} where nobody gets on, {} without a time)':
    'avgångar en genomsnittlig vecka {0} från {1#} hållplatser, av {2#} rader i stop_times.txt ({3#} räknade, {4#} där ingen får stiga på, {5#} utan tid)',
  'rows of stop_times.txt that cannot be used: {}, the first is row {} (an unknown trip, no number in order, or a time that is none)':
    'rader i stop_times.txt som inte kan användas: {0#}, den första är rad {1} (okänd tur, inget ordningsnummer, eller en tid som inte är någon)',
  'stop_times.txt tells of {} of {} trips only: is the feed an excerpt? Then its departures are no measure of traffic':
    'stop_times.txt har bara {0#} av {1#} turer: är filen ett utdrag? Då säger avgångarna inget om trafiken',
  'trips whose service no calendar tells of, which never run: {}': 'turer som ingen kalender har, och som aldrig går: {0#}',
  'stops with departures that are not kept (outside the county or not in stops.txt): {}':
    'hållplatser med avgångar som inte tas med (utanför länet eller inte i stops.txt): {0#}',
  'has no {}: no departures': 'saknar {0}: inga avgångar',
  'rows of the calendars that cannot be used: {}': 'rader i kalendrarna som inte kan användas: {0#}',
  'days of a service outside the period {}..{}: {}, the first is {}; departures are counted without them':
    'trafikdagar utanför perioden {0}–{1}: {2#}, den första är {3}; avgångarna räknas utan dem',
  'no service runs on any day: no departures': 'ingen trafik går någon dag: inga avgångar',
  'the border of {} was {}: {}': 'gränsen för {0} är {1~}: {2}',
  '{} streets of {} named ways': '{0#} gator av {1#} namngivna vägar',
  'area set {} of {} areas': 'områdesindelningen {0} med {1#} områden',
  'administrative borders of level {} to {} that the extract does not have whole: {} of {}':
    'administrativa gränser på nivå {0} till {1} som utdraget inte har hela: {2#} av {3#}',
  'and {} more borders repaired': 'och {0#} gränser till är lagade',
  '{} and {} overlap by {} km²; a place there counts in the first': '{0} och {1} överlappar med {2} km²; en plats där räknas till det första',
  'and {} more pairs overlap': 'och {0#} par till överlappar',
  'borders generalised by the stated {} m': 'gränserna är förenklade med de uppgivna {0} m',
  'borders generalised by an estimated {} m': 'gränserna är förenklade med uppskattningsvis {0} m',
  'its folders are read as one set: {}; --layer names one of them':
    'mapparna är lästa som en indelning: {0}; ange en av dem under Blad eller lager för att bara läsa den',
  'a set beside the county\'s own {}, whose borders stay; riskbild init --areas FILE makes a store with other ones':
    'en indelning vid sidan av länets egna {0}, vars gränser står kvar; riskbild init --areas FIL gör ett datalager med andra',
  'has other layers, without areas, which are not read: {}': 'har andra lager, utan områden, som inte läses: {0}',
  'rings whose ends did not meet, joined: {}': 'ringar vars ändar inte möttes, slutna: {0#}',
  'alerts of unknown stops only, elsewhere or in the county where its GTFS is not imported; kept as context: {}':
    'meddelanden om bara okända hållplatser, på andra håll eller i länet om dess GTFS inte är inläst; sparade som sammanhang: {0~}',
  'alerts that do not tell since when; kept as context for each day on which they are seen: {}':
    'meddelanden som inte säger sedan när; sparade som sammanhang för varje dag de syns: {0~}',
  'trip updates and vehicle positions, which are not read: {}': 'turändringar och fordonslägen, som inte läses: {0~}',
  'alerts that the feed takes back; they stay as they were: {}': 'meddelanden som flödet tar tillbaka; de står kvar som de var: {0~}',
  'nothing of it lies in the county\'s box: is it the right extract?': 'inget av det ligger i länets ruta: är det rätt utdrag?',
  'the service "{}" is no incident by open311_services.toml: kept as context ({})':
    'tjänsten ”{0}” är ingen händelse enligt open311_services.toml: sparad som sammanhang ({1~})',
  'kind told by words of the description: {}': 'brottstyp efter ord i beskrivningen: {0~}',
  'stops and lines that the store does not know: {}; riskbild import gtfs brings all lines and the stops of the county, not those elsewhere':
    'okända hållplatser och linjer: {0~}; GTFS ger alla linjer och länets hållplatser, inte dem på andra håll',
  'an empty answer, as the feed gives now and then': 'ett tomt svar, som flödet ger då och då',
  'not UTF-8 and read as Windows-1252: {}': 'inte UTF-8, läst som Windows-1252: {0~}',
  'the type "{}" is not in police_types.toml ({}): kind unknown': 'typen ”{0}” finns inte i police_types.toml ({1~}): okänd brottstyp',
  'of a finer kind than their type, by words of their text: {}': 'av en finare brottstyp än sin typ, efter ord i texten: {0~}',
  'published before the time in their title, such as night reports under the morning\'s date: {}':
    'publicerade före tiden i rubriken, som nattens rapporter under morgonens datum: {0~}',
  'the heading is row {} of those that are not empty; above it stands "{}"': 'rubrikraden är rad {0} av dem som inte är tomma; ovanför står ”{1}”',
  'empty and left out: {}': 'tomma och utelämnade: {0~}',
  'geometry that is no point: {}': 'geometri som inte är en punkt: {0~}',
  '{} fields that the first {} did not have, kept with the row as received: {}':
    '{0~} fält som de första {1#} inte hade, sparade med raden som den kom: {2}',
  'no longer there, and forgotten: {} of what this source told before': 'finns inte längre, och är glömda: {0#} av det källan sade förut',

  // why a file is not taken in
  '{} lacks {} of the {} that {} told before, which would be forgotten: is it the right file? If so, import it with --replace':
    '{0} saknar {1#} av de {2#} som {3} sade förut, och de skulle glömmas: är det rätt fil?',
  'its rows are in the store already, from the file {} of the source {} ({}); at least {} of {} would be there twice: import it as that source, with the same columns as ids, or all files into a new store if those were the wrong ones':
    'raderna finns redan, från filen {0} i källan {1} ({2}); minst {3#} av {4#} skulle finnas två gånger: läs in den som den källan, med samma kolumner som id, eller alla filer på nytt i ett tomt datalager om de kolumnerna var fel',
  'is a web page, not the data; the server may have answered with an error page, or a program saved HTML under another name: fetch it again, or save it as CSV or XLSX':
    'är en webbsida, inte uppgifterna; servern kan ha svarat med en felsida, eller ett program ha sparat HTML under annat namn: hämta filen igen, eller spara den som CSV eller XLSX',
  'is a web page ("{}"), not the data; the server may have answered with an error page, or a program saved HTML under another name: fetch it again, or save it as CSV or XLSX':
    'är en webbsida (”{0}”), inte uppgifterna; servern kan ha svarat med en felsida, eller ett program ha sparat HTML under annat namn: hämta filen igen, eller spara den som CSV eller XLSX',
  '{} does not tell of which area set its areas are: name it with --set, {} for the county\'s own':
    '{0} säger inte vilken indelning områdena hör till: ange den under Områdesindelning, {1} för länets egna',
  '{} does not tell its year: name it with --year': '{0} säger inte vilket år: ange det under År',
  '{} has no column that tells {}; it has {}': '{0} har ingen kolumn som säger {1~}; den har {2}',
  'name the area set with --set: regso, deso or a name of your own': 'ange indelningen under Områdesindelning: regso, deso eller ett eget namn',
  '{} is in the folders {} and {}: name the one to read with --layer, or a field that tells the two apart with --code-field':
    '{0} finns i mapparna {1} och {2}: ange en av dem under Blad eller lager',
  'the object on this line does not end': 'objektet på den här raden slutar inte',
  'the file is cut off in the middle of an object': 'filen är avklippt mitt i ett objekt',
  'found {}, expected an object': 'här står {0}, väntade ett objekt',
  'is no valid JSON at byte {}': 'är inte giltig JSON vid byte {0#}',
  'holds {} sheets; name one with --layer: {}': 'har {0#} blad; ange vilket under Blad eller lager: {1()}',
  'holds {} layers; name one with --layer: {}': 'har {0#} lager; ange vilket under Blad eller lager: {1()}',
  'the sheet "{}" is empty': 'bladet ”{0}” är tomt',
  'is empty, expected rows': 'är tom; ska ha rader',
  'holds nothing but empty lines, expected a header and rows': 'har bara tomma rader; ska ha rubriker och rader',
  'is binary data, expected text': 'är inte text',
  'has no rows that can be read': 'har inga rader som går att läsa',
  'does not say its coordinate system (is the .prj file missing beside it?); give its number as epsg under [position] of the column profile {}':
    'säger inte vilket koordinatsystem den har (saknas .prj-filen bredvid?); ange dess EPSG-nummer',
  'time.from: missing, expected the column with the time, or time.fixed with the days between which all of it happened':
    'välj kolumnen med tiden, eller ange perioden när allt hände',
  'there is no such import; send the file again': 'inläsningen finns inte; skicka filen igen',
  'another file is being taken in; wait for it, or cancel it': 'en annan fil läses in; vänta på den, eller avbryt den',
  'the file is being taken in': 'filen läses in',
  'the file is taken in, or given up; send it again': 'filen är redan inläst eller avbruten; skicka den igen',
  'only points and police events can be tried out': 'bara tabeller med händelser och polisens händelser kan provas',
  'the import was given up; nothing of the file stays': 'inläsningen avbröts; inget av filen finns kvar',
  'something unforeseen went wrong; the server\'s log says what': 'något oväntat gick fel; serverns logg säger vad',

  // what is not done, and why
  '{} decided that {} and {} are {}: withdraw that first': '{0} har beslutat att {1} och {2} är {3~}: ångra det först',
  'other decisions hold {} and {} {}: withdraw one of them first': 'andra beslut håller {0} och {1} {2~}: ångra ett av dem först',
  'one of {} and {} is background and tells of no incident': 'en av {0} och {1} är sammanhang och berättar inte om någon händelse',
  '{} is named twice': '{0} är nämnd två gånger',
  'nothing has been decided of {} and {}': 'inget är beslutat om {0} och {1}',
  'there is no report {}': 'rapporten {0} finns inte',
  'row {} is {} already; undo that first': 'raden är redan {1~}; ångra det först',
  'nothing was done about row {}': 'inget är gjort med raden',
  'row {} would be as it was received': 'raden skulle bli som den kom',
  'the new value of {} is not UTF-8': 'det nya värdet i {0} är inte UTF-8',
  'there is no row {} on the desk': 'raden finns inte bland dem som lagts åt sidan',
  'there is no such row on the desk': 'raden finns inte bland dem som lagts åt sidan',
  'there is no {} "{}"; {}': '{0~} ”{1}” finns inte; {2~}',
  'source: expected a name of a–z, 0–9, - and _': 'källans kortnamn får bara ha a–z, 0–9, - och _',
  'time: either fixed or columns': 'ange antingen en period eller kolumner med tider',
  'time: either hour or clock': 'ange antingen timme eller klockslag',
  'position: lng and lat belong together': 'longitud och latitud hör ihop: ange båda',
  'position: x, y and epsg belong together':
    'östlig koordinat, nordlig koordinat och koordinatsystem (EPSG) hör ihop: ange alla tre',
  'position: either lng and lat, or x, y and epsg':
    'ange antingen longitud och latitud, eller östlig och nordlig koordinat med koordinatsystem (EPSG)',
  'position: either geometry or columns': 'ange antingen filens geometri eller kolumner med koordinater',
  'kind: either fixed or column': 'ange antingen kolumnen med brottstyper eller samma brottstyp för alla rader',
  'kind: a column needs either values, or codes = true, or list':
    'kolumnen med brottstyper behöver antingen values, codes = true eller list',
  'context: column and values belong together': 'context: column och values hör ihop',
  'expected a text': 'ska vara en text',
  'expected a text or a list of texts': 'ska vara en text eller en lista av texter',
  'expected a whole number': 'ska vara ett heltal',
  'expected true or false': 'ska vara true eller false',
  'is "{}", expected one of {}': 'är ”{0}”; ska vara något av {1}',
  'is "{}", expected two days such as 2011-01-01..2018-01-01, the second not included':
    'är ”{0}”; ska vara två dagar som 2011-01-01..2018-01-01, den andra inte medräknad',
  '{} is not a whole number': '{0:} är inte ett heltal',
  'the time of observation is {}, expected between 1990 and today': 'datumet för uppgifterna är {0}; ska vara mellan 1990 och i dag',
  'the source name "{}" must be of a–z, 0–9, - and _': 'källans kortnamn är ”{0}”; får bara ha a–z, 0–9, - och _',
  'the source is called "{}", expected only a–z, 0–9, - and _': 'källans kortnamn är ”{0}”; får bara ha a–z, 0–9, - och _',
  '{} is a source of reports there; give these places another source name':
    '{0} är redan en källa till händelser; ge filens uppgifter ett annat kortnamn',
  'the reports of {} in it are {}, these are {}: they belong into another store':
    'rapporterna från {0} som redan finns är {1~}, dessa är {2~}: de hör till ett annat datalager',
  'name is not the name of a file, without folders': 'filens namn kan inte användas; byt namn på den',
  'the file is still being looked at': 'filen granskas fortfarande',
  'the body has {} bytes, at most {} are taken': 'det som skickas har {0#} byte; högst {1#} tas emot',

  // places that contradict themselves
  'named after {}, lies {}': 'heter efter {0} men ligger {1~}',
  'named after {}, but its position {}, {} lies far outside the county':
    'heter efter {0} men positionen {1}, {2} ligger långt utanför länet',
  'its parent station {} is not in the feed': 'hållplatsområdet {0} som den hör till finns inte i filen',
  'said to be in {}, lies {}': 'sägs ligga i {0} men ligger {1~}',

  // how the kind was found
  'type {}, word {}': 'typ {0}, ordet {1}',
  'type {}': 'typ {0}',
  'word {}': 'ordet {0}',
  'the list is of one kind': 'listan är av en brottstyp',
  'code of {}': 'kod i {0}',
  'not valid in that year': 'gäller inte det året',

  // how the place was found
  'stop: {}': 'hållplats: {0}',
  'address: {}, of the house that {} is in': 'adress: {0}, huset som {1} ligger i',
  'address: {}': 'adress: {0}',
  'street: {}, midpoint of {} m': 'gata: {0}, mittpunkten av {1} m',
  'street: {}, midpoint of {} m; the number {} is not known': 'gata: {0}, mittpunkten av {1} m; numret {2} är inte känt',
  'locality: {}': 'ort: {0}',
  'kommun: {}': 'kommun: {0}',
  'unknown: {} is no kommun of the county': 'okänt: {0} är ingen kommun i länet',
  'unknown: no stop called {}': 'okänt: ingen hållplats heter {0}',
  'unknown: no street called {}': 'okänt: ingen gata heter {0}',
  'unknown: nothing called {}': 'okänt: inget heter {0}',
  'unknown: the words tell no place': 'okänt: orden säger ingen plats',
  'doubtful: the stop {} is said to lie elsewhere than its name tells': 'tveksamt: hållplatsen {0} sägs ligga på annat håll än namnet säger',
  'ambiguous: {} stops called {}': 'tvetydigt: {0#} hållplatser heter {1}',
  'ambiguous: {} streets called {}': 'tvetydigt: {0#} gator heter {1}',
  'ambiguous: {} addresses {}': 'tvetydigt: {0#} adresser {1}',
  'too_long: {} reaches {} km, which is no point': 'för långt: {0} är {1} km lång, vilket inte är en punkt',

  // which importer read a row
  'points, column profile {}': 'tabell med händelser, kolumnprofil {0}',
  'points': 'tabell med händelser',
  'police': 'polisens händelser',
};

/** What is filled in where it is our own word: never a sentence by itself, as it could be a value of the person's. */
const parts: Readonly<Record<string, string>> = {
  'year, month, day': 'år, månad, dag',
  'month, day, year': 'månad, dag, år',
  'day, month, year': 'dag, månad, år',
  'without swap it is read so': 'utan swap läses den så',
  '--swap-positions, or swap = true in the profile, reads all rows so':
    'med swap = true i kolumnprofilen läses alla rader så',
  'longitude': 'longitud',
  'latitude': 'latitud',
  'east': 'öst',
  'north': 'nord',
  'commas': 'komman',
  'semicolons': 'semikolon',
  'tabs': 'tabbar',
  'vertical bars': 'lodstreck',
  'in another order': 'i annan ordning',
  'month first': 'med månaden först',
  'day first': 'med dagen först',
  'year first': 'med året först',
  'longitude and latitude': 'longitud och latitud',
  'the longitude': 'longituden',
  'our own code': 'vår egen kod',
  'our Swedish word': 'vårt svenska ord',
  'our English word': 'vårt engelska ord',
  'the police\'s word': 'polisens ord',
  'a common word': 'ett vanligt ord',
  'as in the profile {}': 'som i profilen {0}',
  'areas': 'områden',
  'a register of shops': 'ett butiksregister',
  'figures about areas': 'nyckeltal om områden',
  '{} rows': '{0|rad|rader}',
  '{} row': '{0|rad|rader}',
  'the column {}': 'kolumnen {0}',
  'the columns {}': 'kolumnerna {0}',
  'outside the county': 'utanför länet',
  'in {}': 'i {0}',
  '{} is': '{0~} är',
  '{} are': '{0~} är',
  '{} records': '{0|post|poster}',
  '{} record': '{0|post|poster}',
  '{} row has': '{0|rad|rader} har',
  '{} rows have': '{0|rad|rader} har',
  'the area, such as kommun, kommunkod, regso_name, område or kod': 'området, som kommun, kommunkod, regso_name, område eller kod',
  'the number, such as Antal, Per 100 000 inv., population, andel; or värde together with --measure':
    'talet, som Antal, Per 100 000 inv., population eller andel',
  'the shop\'s name, such as namn or butik': 'butikens namn, som namn eller butik',
  '{} entities': '{0|post|poster}',
  '1 entity': '1 post',
  'one event': 'en händelse',
  'two events': 'två händelser',
  'together': 'ihop',
  'apart': 'isär',
  'taken in': 'inläst',
  'repaired': 'lagad',
  'left out': 'utelämnad',
  'dropped': 'borttagen',
  'made up': 'påhittade',
  'real': 'riktiga',
  'column': 'kolumnen',
  'sheet': 'bladet',
  'layer': 'lagret',
  'source': 'källan',
  'did you mean {}?': 'menade du {0}?',
  'there are {}': 'det finns {0}',
};

/** The sentences and parts that there are words for, as the server's source has them. */
export const knownSentences: ReadonlySet<string> = new Set([...Object.keys(said), ...Object.keys(parts)]);

type Pattern = readonly [pattern: RegExp, swedish: string];

/** Those that begin with a value would take in what stands in front of the sentence: they come last. */
interface Patterns {
  readonly bare: readonly Pattern[];
  readonly afterAValue: readonly Pattern[];
}

function patternsOf(table: Readonly<Record<string, string>>): Patterns {
  const all = Object.entries(table).map(([english, swedish]): Pattern => {
    const escaped = english.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    // What is wrong with a column profile stands behind its name and a colon.
    const source = escaped.join('(.+?)').replace('column profile (.+?)', 'column profile ([^:]+?)');
    return [new RegExp(`^${source}$`, 's'), swedish];
  });
  const beginsWithAValue = ([pattern]: Pattern) => pattern.source.startsWith('^(.+?)');
  return { bare: all.filter((pattern) => !beginsWithAValue(pattern)), afterAValue: all.filter(beginsWithAValue) };
}

const sentences = patternsOf(said);
const words = patternsOf(parts);

function filled(swedish: string, values: readonly string[]): string {
  return swedish.replace(/\{(\d+)(~|:|@|\(\)|#|\|([^|}]*)\|([^}]*))?\}/g, (_, at: string, how = '', one = '', many = '') => {
    const value = values[Number(at)] ?? '';
    switch (how) {
      case '':
        return value;
      case '~':
        return partInSwedish(value) ?? value;
      case ':':
        return inFront(value);
      case '@':
        return messages.sv.fileImport.sources[value] ?? value;
      case '()':
        return value.replace(/\((\d+) rows?\)/g, (_whole, n: string) => `(${counted(figure(n), 'rad', 'rader')})`);
      case '#':
        return figure(value);
      default:
        return counted(figure(value), one, many);
    }
  });
}

function figure(value: string): string {
  return /^\d+$/.test(value) ? wholeNumber(Number(value), 'sv') : value;
}

function whole(text: string, among: readonly Pattern[]): string | null {
  for (const [pattern, swedish] of among) {
    const match = pattern.exec(text);
    if (match) return filled(swedish, match.slice(1));
  }
  return null;
}

function partInSwedish(text: string): string | null {
  return whole(text, words.bare) ?? inSwedish(text) ?? whole(text, words.afterAValue);
}

/** What was said already: lists say the same again at every turn. */
const remembered = new Map<string, string | null>();
const mostRemembered = 2000;

function inSwedish(text: string): string | null {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const swedish = translated(text);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(text, swedish);
  return swedish;
}

function translated(text: string): string | null {
  const sentence = whole(text, sentences.bare);
  if (sentence !== null) return sentence;
  const first = text.indexOf(': ');
  for (let at = first; at >= 0; at = text.indexOf(': ', at + 1)) {
    const behind = text.slice(at + 2);
    // A word alone is a value.
    const rest = behind.includes(' ') ? inSwedish(behind) : null;
    if (rest !== null) return `${inFront(text.slice(0, at))}: ${rest}`;
  }
  const withValue = whole(text, sentences.afterAValue);
  if (withValue !== null) return withValue;
  const front = text.slice(0, Math.max(0, first));
  const head = whole(front, sentences.bare) ?? whole(front, sentences.afterAValue);
  return head === null ? null : `${head}${text.slice(first)}`;
}

/** What stands before a sentence: a key of a profile, a reason, or a file's name as it is. */
function inFront(text: string): string {
  const t = messages.sv;
  return t.fileImport.roles[text] ?? t.fileImport.parts[text] ?? t.desk.reasons[text] ?? inFrontOfRow(text);
}

function inFrontOfRow(text: string): string {
  // What is done on the desk is said of a row by the store's number of it, which nobody sees.
  return text.replace(/^column profile /, 'kolumnprofil ').replace(/ row (\d+)$/, ' rad $1').replace(/^row \d+$/, 'raden');
}
