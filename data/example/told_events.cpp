#include "data/example/told_events.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "data/example/events.hpp"
#include "data/example/geography.hpp"
#include "data/example/made_up_places.hpp"
#include "geo_core/random.hpp"

namespace riskbild::data {
namespace {

using std::chrono::minutes;

constexpr std::string_view kFeed = "feed";
constexpr std::string_view kExtract = "extract";

/// What distinguishes one event from another of its kind.
constexpr auto kDetails = std::to_array<std::string_view>({
    "yxa",          "kofot",         "guldkedja",     "surfplatta",   "mopeden",       "skyltfönster",
    "parfymer",     "cigaretter",    "jeansjacka",    "ryggsäck",     "huvtröja",      "tomflaskor",
    "altandörr",    "källarfönster", "verktygslåda",  "elsparkcykel", "handväska",     "armbandsur",
    "sprayflaska",  "kassaskrin",    "vakten",        "kundvagn",     "rulltrappa",    "glasskärvor",
    "trapphus",     "garageport",    "takräcke",      "katalysator",  "larmbåge",      "pepparspray",
    "keps",         "solglasögon",   "taxichaufför",  "stenkast",     "brandsläckare", "hänglås",
    "gräsklippare", "båtmotor",      "silverbestick", "spelkonsol",   "halsduk",       "skateboard",
    "hundägare",    "busskur",       "automat",       "räcket",       "lekplats",      "tunneln",
    "betongvägg",   "soffa",         "kaffebryggare", "hörlurar",     "barnvagn",      "motorsåg",
    "vinkelslip",   "dunkar",        "diesel",        "koppar",       "nyckelknippa",  "plånbok",
    "lampskärm",    "tidningsställ", "kylskåp",       "mikrovågsugn", "blomkruka",     "flaggstång",
    "brevlåda",     "termos",        "gitarr",        "dragspel",     "fiolfodral",    "kikare",
    "stativ",       "objektiv",      "minneskort",    "laddare",      "tangentbord",   "skrivare",
    "projektor",    "duk",           "matta",         "gardin",       "tavelram",      "spegel",
    "byrålåda",     "garderob",      "stekpanna",     "kastrull",     "slev",          "vispar",
    "gryta",        "knivset",       "porslin",       "kristallvas",  "ljusstake",     "duntäcke",
    "kuddar",       "madrass",       "sovsäck",       "tältpinne",    "fiskespö",      "metspö",
    "flytväst",     "kanot",         "paddel",        "segel",        "ankare",        "propeller",
    "batteri",      "generator",     "domkraft",      "fälgar",       "vinterdäck",    "navkapsel",
    "backspegel",   "ratten",        "bilstereo",     "dragkrok",     "släpkärra",     "presenning",
    "spännband",    "stege",         "skruvdragare",  "cirkelsåg",    "slipmaskin",    "kompressor",
    "hovtång",      "skiftnyckel",   "spade",         "kratta",       "skottkärra",    "gödselsäck",
    "plantor",      "krukväxt",      "äpplen",        "bananlåda",    "kexpaket",      "chokladkaka",
    "läskburk",     "mjölkpaket",    "ostbit",        "korvpaket",    "lösgodis",      "snusdosa",
    "tändare",      "cigarill",      "vinflaska",     "whisky",       "konjak",        "ölback",
    "plastkasse",   "papperspåse",   "väskrem",       "bältesspänne", "läderjacka",    "kappa",
    "regnrock",     "stövlar",       "sandaler",      "sneakers",     "handskar",      "vantar",
    "mössa",        "luva",          "slöja",         "keffiye",      "overall",       "hängslen",
    "kostym",       "slips",         "fluga",         "klänning",     "linne",         "tröja",
    "kofta",        "paraply",       "käpp",          "rullator",     "krycka",        "glasögonfodral",
    "armband",      "halsband",      "örhängen",      "brosch",       "medalj",        "mynt",
    "sedelbunt",    "frimärken",     "album",         "pärmar",       "kvitton",       "körkort",
    "passhandling", "bankkort",      "biljett",       "klippkort",    "passerkort",
});
/// Words that each teller has of its own.
constexpr auto kFillers = std::to_array<std::string_view>({
    "enligt uppgift",
    "anmälaren uppger",
    "personalen berättar",
    "ett vittne såg",
    "det upptäcktes senare",
    "ärendet är överlämnat",
    "inga misstänkta",
    "beslag gjort",
    "kamera finns",
});

struct TellingSource {
    std::string_view name;
    double share = 0.0;  ///< of events that it tells of
};
constexpr auto kTellers = std::to_array<TellingSource>({{kExtract, 0.7}, {"reporter", 0.6}, {kFeed, 0.12}});

struct Event {
    MadeUpEvent what;
    MapPoint place;
    std::vector<std::string_view> details;
};

MapPoint moved(MapPoint place, double metres, Random& random)
{
    return {place.east + metres * random.normal(), place.north + metres * random.normal()};
}

std::vector<std::string_view> draw_details(Random& random)
{
    std::vector<std::string_view> details;
    while (details.size() < 5)
        if (auto const one = kDetails[random.below(kDetails.size())];
            std::ranges::find(details, one) == details.end())
            details.push_back(one);
    return details;
}

/// Another of the same kind, some houses away, within three hours.
Event twin_of(Event const& event, Random& random)
{
    auto twin = event;
    auto const way = random.chance(0.5) ? 1.0 : -1.0;
    twin.place = {event.place.east + way * random.between(60, 300),
                  event.place.north + random.between(-60, 60)};
    auto const later = minutes{20 + static_cast<int>(random.below(160))};
    twin.what.occurred = {event.what.occurred.from + later, event.what.occurred.to + later};
    twin.details = draw_details(random);
    return twin;
}

std::vector<Event> make_events(ToldEventsOptions const& options, Geography const& geography,
                               MadeUpPlaces const& places)
{
    Random random(options.seed, "told events");
    LocalDate const until{date::year{2026} / 6 / 30};
    Period const period{until - date::days{options.days}, until};
    std::vector<Event> events;
    for (auto const* const source : {"butiker", "ul", "polis_uttag"})
        for (auto const& made :
             make_up_events(source, options.events / 3, period, places, geography.profile().zone, random)) {
            Event event{made, places[made.site].place, draw_details(random)};
            if (random.chance(options.twins))
                events.push_back(twin_of(event, random));
            events.push_back(std::move(event));
        }
    return events;
}

/// As another source may call it: the group alone, or nothing.
std::string other_word(std::string_view kind)
{
    return std::string(kind.substr(0, kind.find('.')));
}

class Telling {
public:
    Telling(ToldEventsOptions const& options, Geography const& geography)
        : options_(options), geography_(geography), random_(options.seed, "telling")
    {
    }

    Report of(Event const& event, std::string_view source, std::size_t number)
    {
        Report report;
        report.key = {std::string(source), fmt::format("{}-{:06}", source, number)};
        report.occurred = times(event.what.occurred, source);
        report.observed_at = report.occurred.to;
        report.kind_code = std::string(event.what.pattern->kind);
        if (random_.chance(options_.noise.other_kind))
            report.kind_code = other_word(report.kind_code);
        if (random_.chance(options_.missing))
            report.kind_code = "unknown";
        report.place = place(event, source);
        if (!random_.chance(options_.missing))
            report.text = words(event);
        report.payload = fmt::format("{{\"id\":\"{}\"}}", report.key.source_id);
        return report;
    }

private:
    TimeInterval times(TimeInterval occurred, std::string_view source)
    {
        if (source != kFeed && random_.chance(options_.missing)) {
            auto const day = date::floor<date::days>(geography_.profile().zone.local(occurred.from));
            return geography_.profile().zone.day(LocalDate{day});
        }
        // The feed takes the dispatcher's minute from the extract's system.
        auto const deviation = source == kExtract || source == kFeed ? 0.3 : 1.0;
        auto const shift = minutes{static_cast<int>(deviation * options_.noise.minutes * random_.normal())};
        return {occurred.from + shift, occurred.to + shift};
    }

    Place place(Event const& event, std::string_view source)
    {
        auto const point = moved(event.place, options_.noise.metres, random_);
        auto const area = geography_.areas().at(point);
        if (source == kFeed || !is_point(event.what.pattern->best) || random_.chance(options_.missing) ||
            random_.chance(options_.noise.only_kommun))
            return AreaPlace{area == kNoArea ? Precision::lan : Precision::kommun, area};
        return PointPlace{point, options_.noise.metres > 100 ? Precision::street : Precision::address, area};
    }

    std::string words(Event const& event)
    {
        std::string text(kFillers[random_.below(kFillers.size())]);
        for (auto const detail : event.details)
            if (!random_.chance(options_.noise.own_words))
                text += fmt::format(" {}", detail);
        return text;
    }

    ToldEventsOptions const& options_;
    Geography const& geography_;
    Random random_;
};

}  // namespace

std::vector<Source> told_events_sources()
{
    std::vector<Source> sources;
    for (auto const& teller : kTellers)
        sources.push_back({.name = std::string(teller.name),
                           .title = std::string(teller.name),
                           .rank = 10 * static_cast<int>(sources.size() + 1),
                           .made_up = true,
                           .repeats = teller.name == kFeed});
    return sources;
}

Result<std::vector<ToldReport>> make_up_told_events(ToldEventsOptions const& options)
{
    auto const geography = Geography::load();
    if (!geography)
        return Failure{geography.error()};
    MadeUpPlaces const places(*geography, options.seed);
    Random who(options.seed, "who tells");
    Telling telling(options, *geography);
    std::vector<ToldReport> told;
    std::size_t number = 0;
    for (auto const& event : make_events(options, *geography, places)) {
        for (auto const& teller : kTellers)
            if (who.chance(teller.share))
                told.push_back({telling.of(event, teller.name, told.size()), number});
        ++number;
    }
    return told;
}

}  // namespace riskbild::data
