#include "data/example/patterns.hpp"

#include <cstddef>
#include <iterator>

namespace riskbild::data {
namespace {

// clang-format off
constexpr Pattern kPatterns[] = {
    {"ul", "damage.graffiti.transit", 30, SiteUse::stop, Hours::night, Week::even, Season::mild, Span::civil_day, 0.30, 0.25, Precision::exact, "",
     "Klotter på hållplats", "Väderskyddet var nedklottrat vid morgonens genomgång."},
    {"ul", "damage.transit", 18, SiteUse::stop, Hours::evening, Week::weekend, Season::even, Span::overnight, 0.20, 0.30, Precision::exact, "",
     "Krossad ruta i väderskydd", "En glasruta i väderskyddet var krossad."},
    {"ul", "threat.transit_staff", 12, SiteUse::stop, Hours::evening, Week::weekend, Season::even, Span::minute, 0.10, 0.30, Precision::address, "Olaga hot",
     "Hot mot förare", "Föraren hotades av en resenär utan biljett."},
    {"ul", "disorder.youths", 12, SiteUse::stop, Hours::evening, Week::weekend, Season::mild, Span::about, 0.15, 0, Precision::address, "",
     "Ungdomar stör", "En grupp ungdomar störde resenärerna."},
    {"ul", "disorder.fight", 7, SiteUse::stop, Hours::evening, Week::weekend, Season::even, Span::minute, 0.05, 0.10, Precision::address, "Bråk",
     "Bråk vid hållplats", "Två personer bråkade på hållplatsen."},
    {"ul", "disorder.drunkenness", 8, SiteUse::stop, Hours::evening, Week::pub_nights, Season::even, Span::minute, 0.05, 0, Precision::address, "",
     "Berusad resenär", "En berusad person ville inte lämna bussen."},
    {"ul", "theft.transit", 7, SiteUse::stop, Hours::commuting, Week::working_days, Season::even, Span::about, 0.05, 0.30, Precision::street, "",
     "Fickstöld på buss", "En resenär saknade sin telefon efter resan."},
    {"ul", "fire.container", 2, SiteUse::stop, Hours::evening, Week::weekend, Season::mild, Span::minute, 0.05, 0.10, Precision::address, "Brand",
     "Brand i papperskorg", "Det brann i en papperskorg vid hållplatsen."},
    {"ul", "assault.outdoors", 4, SiteUse::stop, Hours::evening, Week::weekend, Season::even, Span::minute, 0, 0.80, Precision::address, "Misshandel",
     "Misshandel vid hållplats", "En resenär blev slagen på hållplatsen."},
    {"butiker", "theft.shop", 60, SiteUse::shop, Hours::opening_hours, Week::even, Season::even, Span::minute, 0.15, 0.20, Precision::exact, "",
     "Stöld i butik", "Varor togs ur hyllan utan att betalas."},
    {"butiker", "theft.shop", 6, SiteUse::petrol_station, Hours::opening_hours, Week::even, Season::even, Span::minute, 0.10, 0.20, Precision::exact, "",
     "Stöld på bensinstation", "Varor togs i butiken utan att betalas."},
    {"butiker", "theft.fuel", 5, SiteUse::petrol_station, Hours::any, Week::even, Season::even, Span::minute, 0.15, 0.20, Precision::exact, "",
     "Tankning utan betalning", "En bil lämnade stationen utan att betala."},
    {"butiker", "threat.unlawful", 9, SiteUse::shop, Hours::opening_hours, Week::even, Season::even, Span::minute, 0.10, 0.40, Precision::exact, "Olaga hot",
     "Hot mot butikspersonal", "En kund hotade personalen i kassan."},
    {"butiker", "robbery.shop", 5, SiteUse::shop, Hours::closing_time, Week::even, Season::winter, Span::minute, 0.25, 0.95, Precision::exact, "Rån",
     "Butiksrån", "En maskerad person krävde kassan."},
    {"butiker", "robbery.shop.firearm", 1, SiteUse::shop, Hours::closing_time, Week::even, Season::winter, Span::minute, 0.20, 1, Precision::exact, "Rån väpnat",
     "Butiksrån med vapenliknande föremål", "En person visade ett vapenliknande föremål."},
    {"butiker", "robbery.petrol_station", 1.5, SiteUse::petrol_station, Hours::closing_time, Week::even, Season::winter, Span::minute, 0.20, 0.95, Precision::exact, "Rån",
     "Rån mot bensinstation", "Personalen tvingades lämna ut kontanter."},
    {"butiker", "robbery.kiosk", 1, SiteUse::kiosk, Hours::closing_time, Week::even, Season::winter, Span::minute, 0.20, 0.95, Precision::exact, "Rån",
     "Rån mot kiosk", "En person ryckte åt sig kassan."},
    {"butiker", "burglary.shop", 7, SiteUse::shop, Hours::night, Week::even, Season::winter, Span::overnight, 0.30, 0.85, Precision::exact, "Stöld/inbrott",
     "Inbrott i butik", "Dörren var uppbruten när butiken öppnade."},
    {"butiker", "burglary.kiosk", 1.5, SiteUse::kiosk, Hours::night, Week::even, Season::winter, Span::overnight, 0.30, 0.85, Precision::exact, "Stöld/inbrott",
     "Inbrott i kiosk", "Luckan var uppbruten."},
    {"butiker", "burglary.petrol_station", 1.5, SiteUse::petrol_station, Hours::night, Week::even, Season::winter, Span::overnight, 0.25, 0.85, Precision::exact, "Stöld/inbrott",
     "Inbrott på bensinstation", "En ruta var krossad och cigaretter borta."},
    {"butiker", "damage.shop", 6, SiteUse::shop, Hours::night, Week::weekend, Season::even, Span::overnight, 0.20, 0.30, Precision::exact, "Skadegörelse",
     "Skadegörelse på butik", "Skyltfönstret var krossat."},
    {"butiker", "fraud.shop", 4, SiteUse::shop, Hours::opening_hours, Week::even, Season::even, Span::minute, 0.05, 0.40, Precision::exact, "",
     "Bedrägeri i butik", "En retur gjordes med ett falskt kvitto."},
    {"klotter", "damage.graffiti.other", 55, SiteUse::wall, Hours::night, Week::even, Season::mild, Span::civil_day, 0.40, 0.25, Precision::exact, "",
     "Klotter på vägg", "Taggar med sprayfärg."},
    {"klotter", "damage.graffiti.other", 14, SiteUse::school, Hours::night, Week::weekend, Season::mild, Span::weekend, 0.35, 0.35, Precision::exact, "",
     "Klotter på skola", "Fasaden var nedklottrad efter helgen."},
    {"klotter", "damage.graffiti.other", 8, SiteUse::workplace, Hours::night, Week::even, Season::mild, Span::civil_day, 0.25, 0.30, Precision::exact, "",
     "Klotter på fastighet", "Klotter på fasad och port."},
    {"klotter", "damage.graffiti.transit", 14, SiteUse::stop, Hours::night, Week::even, Season::mild, Span::civil_day, 0.35, 0.20, Precision::exact, "",
     "Klotter vid hållplats", "Klotter på biljettautomat och väderskydd."},
    {"klotter", "damage.graffiti", 9, SiteUse::wall, Hours::night, Week::even, Season::mild, Span::civil_day, 0.30, 0.15, Precision::exact, "",
     "Klotter", "Klotter på elskåp."},
    {"polis_uttag", "burglary.dwelling.house", 9, SiteUse::house, Hours::working_day, Week::working_days, Season::winter, Span::working_day, 0.30, 0, Precision::address, "Stöld/inbrott",
     "Inbrott i villa", "Altandörren var uppbruten."},
    {"polis_uttag", "burglary.dwelling.house", 3, SiteUse::house, Hours::any, Week::even, Season::winter, Span::days_away, 0.25, 0, Precision::address, "Stöld/inbrott",
     "Inbrott i villa", "Upptäcktes när de boende kom hem från en resa."},
    {"polis_uttag", "burglary.dwelling.flat", 5, SiteUse::flat, Hours::working_day, Week::working_days, Season::even, Span::working_day, 0.20, 0, Precision::address, "",
     "Inbrott i lägenhet", "Ytterdörren var uppbruten."},
    {"polis_uttag", "burglary.attic_cellar", 7, SiteUse::flat, Hours::night, Week::even, Season::even, Span::days_away, 0.30, 0, Precision::address, "",
     "Inbrott i källarförråd", "Flera förråd var uppbrutna."},
    {"polis_uttag", "burglary.holiday_home", 2.5, SiteUse::holiday_home, Hours::night, Week::even, Season::winter, Span::days_away, 0.35, 0, Precision::street, "Stöld/inbrott",
     "Inbrott i fritidshus", "Ett fönster var krossat och verktyg borta."},
    {"polis_uttag", "burglary.garage_shed", 3, SiteUse::house, Hours::night, Week::even, Season::mild, Span::overnight, 0.20, 0, Precision::address, "",
     "Inbrott i garage", "Verktyg och däck saknades."},
    {"polis_uttag", "burglary.school", 1.5, SiteUse::school, Hours::night, Week::weekend, Season::even, Span::overnight, 0.25, 0, Precision::address, "Stöld/inbrott",
     "Inbrott i skola", "Datorer saknades efter natten."},
    {"polis_uttag", "burglary.workplace", 3, SiteUse::workplace, Hours::night, Week::even, Season::even, Span::overnight, 0.20, 0, Precision::address, "Stöld/inbrott",
     "Inbrott på företag", "Porten var uppbruten."},
    {"polis_uttag", "burglary.construction_site", 1.5, SiteUse::workplace, Hours::night, Week::weekend, Season::mild, Span::weekend, 0.25, 0, Precision::street, "",
     "Inbrott på byggplats", "Maskiner saknades efter helgen."},
    {"polis_uttag", "theft.bicycle", 16, SiteUse::bicycle_stand, Hours::working_day, Week::even, Season::summer, Span::civil_day, 0.20, 0, Precision::address, "",
     "Cykelstöld", "Cykeln stod låst när den togs."},
    {"polis_uttag", "theft.bicycle", 6, SiteUse::flat, Hours::night, Week::even, Season::summer, Span::overnight, 0.20, 0, Precision::address, "",
     "Cykelstöld", "Cykeln togs från gården under natten."},
    {"polis_uttag", "theft.from_vehicle", 10, SiteUse::parking, Hours::night, Week::even, Season::even, Span::overnight, 0.30, 0, Precision::address, "",
     "Stöld ur bil", "En bilruta var krossad."},
    {"polis_uttag", "theft.pickpocket", 3, SiteUse::street, Hours::opening_hours, Week::weekend, Season::summer, Span::about, 0.05, 0, Precision::street, "",
     "Fickstöld", "Plånboken saknades efter ett besök på torget."},
    {"polis_uttag", "theft.boat_engine", 1, SiteUse::holiday_home, Hours::night, Week::even, Season::summer, Span::days_away, 0.15, 0, Precision::street, "",
     "Stöld av båtmotor", "Motorn var bortmonterad."},
    {"polis_uttag", "vehicle.car", 3, SiteUse::parking, Hours::night, Week::even, Season::even, Span::overnight, 0.15, 0, Precision::address, "Motorfordon, stöld",
     "Bilstöld", "Bilen var borta på morgonen."},
    {"polis_uttag", "vehicle.moped_motorcycle", 3, SiteUse::flat, Hours::night, Week::even, Season::summer, Span::overnight, 0.15, 0, Precision::address, "",
     "Mopedstöld", "Mopeden var borta på morgonen."},
    {"polis_uttag", "damage.vehicle", 7, SiteUse::parking, Hours::night, Week::weekend, Season::even, Span::overnight, 0.20, 0, Precision::address, "Skadegörelse",
     "Skadegörelse på bil", "Flera bilar hade repats."},
    {"polis_uttag", "damage.vandalism", 4, SiteUse::street, Hours::night, Week::weekend, Season::mild, Span::overnight, 0.15, 0, Precision::street, "Skadegörelse",
     "Vandalisering", "Papperskorgar och bänkar var sönderslagna."},
    {"polis_uttag", "damage.school", 3, SiteUse::school, Hours::evening, Week::weekend, Season::mild, Span::overnight, 0.30, 0, Precision::address, "Skadegörelse",
     "Skadegörelse på skola", "Fönsterrutor var krossade."},
    {"polis_uttag", "assault.pub", 5, SiteUse::pub, Hours::pub_night, Week::pub_nights, Season::even, Span::minute, 0.10, 0, Precision::address, "Misshandel",
     "Misshandel vid krog", "Bråk i kön slutade med slag."},
    {"polis_uttag", "assault.outdoors", 6, SiteUse::street, Hours::pub_night, Week::pub_nights, Season::summer, Span::minute, 0.05, 0, Precision::street, "Misshandel",
     "Misshandel utomhus", "En person blev slagen på gatan."},
    {"polis_uttag", "assault.indoors", 3, SiteUse::flat, Hours::evening, Week::even, Season::even, Span::about, 0.05, 0, Precision::address, "",
     "Misshandel inomhus", "Bråk mellan bekanta."},
    {"polis_uttag", "assault.aggravated", 1, SiteUse::street, Hours::pub_night, Week::pub_nights, Season::even, Span::minute, 0, 0, Precision::street, "Misshandel, grov",
     "Grov misshandel", "En person fördes till sjukhus."},
    {"polis_uttag", "assault.close_relation", 5, SiteUse::flat, Hours::evening, Week::even, Season::even, Span::about, 0.20, 0, Precision::address, "",
     "Våld i nära relation", "Uppgifterna är skyddade."},
    {"polis_uttag", "sexual.molestation", 1.5, SiteUse::street, Hours::evening, Week::weekend, Season::summer, Span::about, 0, 0, Precision::street, "",
     "Sexuellt ofredande", "Uppgifterna är skyddade."},
    {"polis_uttag", "sexual.rape", 0.6, SiteUse::flat, Hours::night, Week::weekend, Season::even, Span::about, 0, 0, Precision::address, "",
     "Våldtäkt", "Uppgifterna är skyddade."},
    {"polis_uttag", "robbery.person", 2, SiteUse::street, Hours::evening, Week::weekend, Season::winter, Span::minute, 0.15, 0, Precision::street, "Rån",
     "Personrån", "En person blev av med sin telefon under hot."},
    {"polis_uttag", "robbery.person.minor", 1, SiteUse::street, Hours::evening, Week::weekend, Season::even, Span::minute, 0.15, 0, Precision::street, "Rån",
     "Personrån mot ungdom", "En ungdom blev av med sina hörlurar under hot."},
    {"polis_uttag", "drugs.possession", 4, SiteUse::street, Hours::evening, Week::weekend, Season::even, Span::minute, 0.10, 0, Precision::street, "Narkotikabrott",
     "Narkotikainnehav", "Upptäcktes vid patrullering."},
    {"polis_uttag", "drugs.dealing", 1, SiteUse::street, Hours::evening, Week::even, Season::even, Span::minute, 0.20, 0, Precision::street, "",
     "Narkotikaförsäljning", "Iakttogs av en patrull."},
    {"polis_uttag", "threat.unlawful", 4, SiteUse::flat, Hours::evening, Week::even, Season::even, Span::about, 0.05, 0, Precision::address, "Olaga hot",
     "Olaga hot", "Hot mellan grannar."},
    {"polis_uttag", "threat.molestation", 3, SiteUse::street, Hours::evening, Week::even, Season::even, Span::about, 0.05, 0, Precision::street, "",
     "Ofredande", "En person följdes efter och tilltalades."},
    {"polis_uttag", "disorder.nuisance", 2, SiteUse::street, Hours::evening, Week::weekend, Season::summer, Span::minute, 0.05, 0, Precision::street, "",
     "Förargelseväckande beteende", "En person störde ordningen på torget."},
    {"polis_uttag", "traffic.drunk_driving", 3, SiteUse::street, Hours::pub_night, Week::pub_nights, Season::even, Span::minute, 0, 0, Precision::street, "Rattfylleri",
     "Rattfylleri", "Föraren stoppades vid en kontroll."},
    {"polis_uttag", "fraud.telephone", 4, SiteUse::house, Hours::working_day, Week::working_days, Season::even, Span::about, 0, 0, Precision::kommun, "Bedrägeri",
     "Telefonbedrägeri", "Någon ringde och utgav sig för att vara från banken."},
    {"polis_uttag", "fraud.online", 3, SiteUse::flat, Hours::any, Week::even, Season::even, Span::civil_day, 0, 0, Precision::kommun, "",
     "Bedrägeri på internet", "En betald vara levererades aldrig."},
    {"polis_uttag", "fire.arson", 0.4, SiteUse::school, Hours::night, Week::weekend, Season::mild, Span::minute, 0.10, 0, Precision::address, "Mordbrand",
     "Anlagd brand", "Det brann mot en vägg."},
    {"polis_uttag", "fire.arson.vehicle", 0.8, SiteUse::parking, Hours::night, Week::weekend, Season::summer, Span::minute, 0.20, 0, Precision::address, "Brand",
     "Anlagd fordonsbrand", "En bil brann på en parkering."},
    {"polis_uttag", "weapons.knives_act", 1, SiteUse::street, Hours::evening, Week::weekend, Season::even, Span::minute, 0, 0, Precision::street, "Knivlagen",
     "Knivinnehav", "En person bar kniv på allmän plats."},
    {"polis_uttag", "weapons.shooting", 0.3, SiteUse::street, Hours::night, Week::even, Season::even, Span::minute, 0.15, 0, Precision::street, "Skottlossning",
     "Skottlossning", "Skott hördes och tomhylsor hittades."},
    {"polis_uttag", "weapons.explosion", 0.2, SiteUse::flat, Hours::night, Week::even, Season::even, Span::minute, 0.10, 0, Precision::address, "Detonation",
     "Sprängning", "En port skadades av en explosion."},
    {"polis_uttag", "violence_lethal.attempt", 0.3, SiteUse::street, Hours::night, Week::weekend, Season::even, Span::minute, 0, 0, Precision::street, "Mord/dråp, försök",
     "Försök till mord", "En person fördes svårt skadad till sjukhus."},
    {"police", "traffic.accident", 24, SiteUse::street, Hours::commuting, Week::working_days, Season::winter, Span::minute, 0, 0, Precision::kommun, "Trafikolycka",
     "Två bilar krockade", "Ingen misstänktes vara allvarligt skadad."},
    {"police", "traffic.accident.injury", 20, SiteUse::street, Hours::commuting, Week::even, Season::even, Span::minute, 0, 0, Precision::kommun, "Trafikolycka, personskada",
     "Bil och cykel krockade", "En person fördes till sjukhus för kontroll."},
    {"police", "traffic.accident.wildlife", 5, SiteUse::street, Hours::commuting, Week::even, Season::winter, Span::minute, 0, 0, Precision::kommun, "Trafikolycka, vilt",
     "Kollision med älg", "Djuret sprang upp på vägen."},
    {"police", "traffic.accident.single", 4, SiteUse::street, Hours::night, Week::weekend, Season::winter, Span::minute, 0, 0, Precision::kommun, "Trafikolycka, singel",
     "Bil körde av vägen", "Föraren kunde ta sig ut själv."},
    {"police", "fire", 16, SiteUse::street, Hours::any, Week::even, Season::even, Span::minute, 0, 0, Precision::kommun, "Brand",
     "Larm om brand", "Räddningstjänsten släckte."},
    {"police", "traffic.drunk_driving", 12, SiteUse::street, Hours::pub_night, Week::pub_nights, Season::even, Span::minute, 0, 0, Precision::kommun, "Rattfylleri",
     "Förare misstänks för rattfylleri", "Föraren stoppades av en patrull."},
    {"police", "theft", 9, SiteUse::street, Hours::any, Week::even, Season::even, Span::minute, 0, 0, Precision::kommun, "Stöld/inbrott",
     "Stöld", "Föremål saknades efter natten."},
    {"police", "missing", 7, SiteUse::street, Hours::evening, Week::even, Season::summer, Span::minute, 0, 0, Precision::kommun, "Försvunnen person",
     "Person saknas", "Personen hittades välbehållen."},
    {"police", "accident.workplace", 4, SiteUse::street, Hours::working_day, Week::working_days, Season::even, Span::minute, 0, 0, Precision::kommun, "Arbetsplatsolycka",
     "Olycka på arbetsplats", "En person fick en lättare skada."},
    {"police", "traffic.offence", 8, SiteUse::street, Hours::any, Week::even, Season::even, Span::minute, 0, 0, Precision::kommun, "Trafikbrott",
     "Trafikbrott", "En förare stoppades för hög fart."},
    {"police", "other.animal", 3, SiteUse::street, Hours::any, Week::even, Season::summer, Span::minute, 0, 0, Precision::kommun, "Djur",
     "Lösa djur på vägen", "Ägaren hämtade djuren."},
    {"police", "other", 4, SiteUse::street, Hours::any, Week::even, Season::even, Span::minute, 0, 0, Precision::kommun, "Övrigt",
     "Blandad händelse", "Polisen talade med personerna på plats."},
    {"police", "disorder.fight", 3, SiteUse::street, Hours::pub_night, Week::pub_nights, Season::even, Span::minute, 0, 0, Precision::kommun, "Bråk",
     "Bråk", "Det var lugnt när patrullen kom."},
    {"police", "missing", 1, SiteUse::street, Hours::any, Week::even, Season::even, Span::minute, 0, 0, Precision::lan, "Försvunnen person",
     "Sökinsats", "Flera enheter deltog."},
    {"police", "traffic.obstruction", 2, SiteUse::street, Hours::commuting, Week::working_days, Season::even, Span::minute, 0, 0, Precision::lan, "Trafikhinder",
     "Hinder på vägen", "Föremål på körbanan togs bort."},
};
// clang-format on

//                                            06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 00 01 02
//                                            03 04 05
constexpr std::array<double, 24> kHours[] = {
    /* any           */ {4, 6, 7, 7, 7, 7, 8, 8, 8, 9, 10, 10, 9, 9, 8, 7, 6, 5, 4, 3, 2, 2, 2, 2},
    /* opening_hours */ {0, 0, 1, 3, 5, 6, 7, 7, 8, 10, 12, 12, 9, 7, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0},
    /* closing_time  */ {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 5, 8, 12, 10, 0, 0, 0, 0, 0, 0, 0, 0},
    /* working_day   */ {1, 6, 10, 10, 9, 9, 9, 9, 8, 6, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
    /* commuting     */ {5, 12, 11, 5, 3, 3, 4, 4, 6, 10, 12, 10, 6, 4, 3, 2, 2, 1, 0, 0, 0, 0, 0, 1},
    /* evening       */ {0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 12, 10, 7, 4, 2, 1, 0, 0, 0},
    /* night         */ {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 6, 9, 11, 12, 12, 11, 8, 4, 1},
    /* pub_night     */ {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 4, 8, 13, 17, 19, 16, 6, 2, 1},
};

constexpr std::array<double, 7> kWeeks[] = {
    /* even         */ {1, 1, 1, 1, 1, 1, 1},
    /* working_days */ {1, 1, 1, 1, 0.9, 0.35, 0.3},
    /* weekend      */ {0.5, 0.5, 0.55, 0.6, 1, 1, 0.7},
    /* pub_nights   */ {0.12, 0.12, 0.2, 0.3, 1, 1, 0.2},
};

constexpr std::array<double, 12> kSeasons[] = {
    /* even   */ {1, 0.95, 1, 1, 1, 1, 0.9, 1, 1, 1, 1, 1},
    /* summer */ {0.4, 0.4, 0.5, 0.7, 0.9, 1, 1, 1, 0.9, 0.7, 0.5, 0.4},
    /* winter */ {0.9, 0.8, 0.7, 0.6, 0.5, 0.5, 0.6, 0.6, 0.6, 0.8, 1, 1},
    /* mild   */ {0.5, 0.5, 0.7, 1, 1, 0.9, 0.7, 0.9, 1, 1, 0.8, 0.6},
};

}  // namespace

std::span<Pattern const> patterns()
{
    return kPatterns;
}

std::array<double, 24> const& weights_of(Hours hours)
{
    return kHours[static_cast<std::size_t>(hours)];
}

std::array<double, 7> const& weights_of(Week week)
{
    return kWeeks[static_cast<std::size_t>(week)];
}

std::array<double, 12> const& weights_of(Season season)
{
    return kSeasons[static_cast<std::size_t>(season)];
}

}  // namespace riskbild::data
