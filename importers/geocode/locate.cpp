#include "importers/geocode/locate.hpp"

#include <numeric>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/geocode/gazetteer_index.hpp"
#include "importers/geocode/street_name.hpp"
#include "importers/gtfs/stop_name.hpp"

namespace riskbild::importers {
namespace {

/// Two entries of one name no farther apart are one place that was mapped twice.
constexpr double kSamePlace = 100.0;
constexpr double kSameStop = 300.0;
constexpr double kSameStreet = 200.0;
/// A street that reaches farther is no point, however loose.
constexpr double kLongestStreet = 2000.0;
constexpr std::size_t kMostCandidates = 10;

using Entry = GazetteerEntry;

}  // namespace

/// One question to the gazetteer.
class Locator {
public:
    Locator(Gazetteer const& gazetteer, PlaceWords const& words)
        : index_(*gazetteer.index_), areas_(index_.county->areas), words_(words)
    {
    }

    Located answer()
    {
        if (!read_kommun())
            return coarse();
        if (auto found = by_stop())
            return *found;
        if (auto found = by_address())
            return *found;
        return coarse();
    }

private:
    using Entries = std::vector<Entry const*>;

    // What the words say of the kommun, which everything found has to agree with.
    bool read_kommun()
    {
        auto const kommun = trimmed(words_.kommun);
        set_locality(words_.locality);
        if (kommun.empty() || is_county(kommun))
            return true;
        kommun_ = areas_.by_code(kommun);
        if (kommun_ == kNoArea)
            kommun_ = area_named(kommun);
        if (kommun_ == kNoArea)
            why_ = fmt::format("unknown: {} is no kommun of the county", shortened(kommun));
        return kommun_ != kNoArea;
    }

    void set_locality(std::string_view words)
    {
        words = trimmed(words);
        if (words.empty() || is_county(words))
            return;
        locality_words_ = words;
        locality_ = normal_street(words);
        locality_area_ = area_named(words);
        localities_.clear();
        for (auto const* const entry : index_.find(key_of(kName, locality_)))
            if (entry->sort == PlaceSort::urban_area || entry->sort == PlaceSort::neighbourhood)
                localities_.push_back(entry);
    }

    [[nodiscard]] bool is_county(std::string_view words) const
    {
        return lower_case(words) == lower_case(index_.county->profile.county_name);
    }

    // Also `Uppsala kommun` and its genitive, `Östhammars kommun`.
    [[nodiscard]] AreaId area_named(std::string_view words) const
    {
        auto const area = areas_.by_name(words);
        auto lower = lower_case(words);
        constexpr std::string_view kKommun = " kommun";
        if (area != kNoArea || !lower.ends_with(kKommun))
            return area;
        lower.resize(lower.size() - kKommun.size());
        auto const named = areas_.by_name(lower);
        if (named != kNoArea || !lower.ends_with('s'))
            return named;
        lower.pop_back();
        return areas_.by_name(lower);
    }

    [[nodiscard]] bool lies_near_locality(Entry const& entry) const
    {
        constexpr double kBeyond = 1.5;  // urban areas are not round
        return std::ranges::any_of(localities_, [&](Entry const* locality) {
            return entry.has_point && locality->has_point &&
                   distance(entry.point, locality->point) <= kBeyond * static_cast<double>(locality->reach);
        });
    }

    [[nodiscard]] bool fits(Entry const& entry) const
    {
        if (kommun_ != kNoArea && entry.area != kommun_)
            return false;
        if (locality_.empty())
            return true;
        if (index_.texts.text(entry.locality) == locality_ || lies_near_locality(entry))
            return true;
        if (locality_area_ != kNoArea && localities_.empty())
            return entry.area == locality_area_;
        // A kommun and its seat often have one name: then either is meant.
        if (locality_area_ != kNoArea)
            return entry.area == locality_area_ && entry.locality == 0;
        // A locality that nobody knows rules nothing out where the kommun is given, and all where it is not.
        return localities_.empty() && kommun_ != kNoArea && entry.locality == 0;
    }

    [[nodiscard]] Entries fitting(Entries entries) const
    {
        std::erase_if(entries, [&](Entry const* entry) { return !fits(*entry); });
        return entries;
    }

    // The entry that all of them are, or none: in one kommun and no farther apart than `metres`.
    static Entry const* one_of(Entries const& entries, double metres)
    {
        if (entries.empty())
            return nullptr;
        auto const before = [](Entry const* a, Entry const* b) {
            return std::tuple{a->sort != PlaceSort::stop_area, a->point.north, a->point.east} <
                   std::tuple{b->sort != PlaceSort::stop_area, b->point.north, b->point.east};
        };
        auto const* const first = *std::ranges::min_element(entries, before);
        auto const agrees = [&](Entry const* other) {
            return other->area == first->area && distance(other->point, first->point) <= metres;
        };
        return std::ranges::all_of(entries, agrees) ? first : nullptr;
    }

    static Entries usable(Entries entries)
    {
        std::erase_if(entries, [](Entry const* entry) { return !entry->has_point || entry->is_doubtful; });
        return entries;
    }

    std::optional<Located> by_stop()
    {
        auto const words = trimmed(words_.stop);
        if (words.empty())
            return std::nullopt;
        auto found = fitting(index_.find(key_of(kStopId, words)));
        if (found.empty())
            found = stops_named(words);
        if (found.empty())
            return miss(fmt::format("unknown: no stop called {}", shortened(words)));
        auto const good = usable(found);
        if (good.empty())
            return miss(fmt::format("doubtful: the stop {} is said to lie elsewhere than its name tells",
                                    name_of_entry(*found.front())));
        if (auto const* const stop = one_of(good, kSameStop))
            return at(*stop, Precision::address, fmt::format("stop: {}", described(*stop)));
        return ambiguous(good, fmt::format("{} stops called {}", good.size(), shortened(words)));
    }

    // `Resecentrum (Uppsala)` names its kommun; that must agree too.
    [[nodiscard]] Entries stops_named(std::string_view words) const
    {
        auto found = fitting(index_.find(key_of(kStop, normal_street(words))));
        if (!found.empty())
            return found;
        auto const stop = parse_stop_name(words, areas_);
        if (stop.name == words || (kommun_ != kNoArea && stop.area != kNoArea && stop.area != kommun_))
            return {};
        found = fitting(index_.find(key_of(kStop, normal_street(stop.name))));
        std::erase_if(found, [&](Entry const* entry) {
            return (stop.area != kNoArea && entry->area != stop.area) ||
                   (!stop.locality.empty() && entry->locality != 0 &&
                    index_.texts.text(entry->locality) != normal_street(stop.locality));
        });
        return found;
    }

    std::optional<Located> by_address()
    {
        auto const whole = trimmed(words_.address.empty() ? words_.street : words_.address);
        if (whole.empty())
            return std::nullopt;
        auto const address = parse_address(whole);
        if (!address.locality.empty() && locality_.empty())
            set_locality(address.locality);
        for (auto const& street : readings(address.street)) {
            if (!address.house_number.empty())
                if (auto found = by_house(address, street))
                    return found;
            if (auto found = by_street(address, street))
                return found;
        }
        // Some streets have a number for a name: Riksväg 55.
        if (!address.house_number.empty())
            for (auto const& street : readings(address.street + " " + address.house_number))
                if (auto found = by_street({.street = std::string{whole}}, street))
                    return found;
        return miss(fmt::format("unknown: no street called {}{}", shortened(address.street), where()));
    }

    static std::vector<std::string> readings(std::string_view street)
    {
        std::vector<std::string> all{normal_street(street)};
        if (auto other = other_reading(all.front()))
            all.push_back(std::move(*other));
        return all;
    }

    std::optional<Located> by_house(WrittenAddress const& address, std::string const& street)
    {
        for (auto const& number : numbers_meant(address.house_number)) {
            auto const found = usable(fitting(index_.find(key_of(kAddress, street, number))));
            if (found.empty())
                continue;
            auto const* const house = one_of(found, kSamePlace);
            if (house == nullptr)
                return ambiguous(found, fmt::format("{} addresses {} {}", found.size(),
                                                    shortened(address.street), number));
            return at(*house, Precision::address,
                      fmt::format("address: {}{}", described(*house),
                                  number == address.house_number
                                      ? ""
                                      : fmt::format(", of the house that {} is in", address.house_number)));
        }
        return std::nullopt;
    }

    // The number itself; of an entrance its house; of a range its ends.
    static std::vector<std::string> numbers_meant(std::string const& number)
    {
        std::vector<std::string> meant{number};
        auto const add = [&](std::string_view text) {
            meant.emplace_back(text);
            auto const digits = text.substr(0, text.find_first_not_of("0123456789"));
            if (digits.size() < text.size())
                meant.emplace_back(digits);
        };
        if (auto const hyphen = number.find('-'); hyphen != std::string::npos) {
            add(std::string_view{number}.substr(0, hyphen));
            add(std::string_view{number}.substr(hyphen + 1));
        } else {
            add(number);
        }
        return meant;
    }

    std::optional<Located> by_street(WrittenAddress const& address, std::string const& street)
    {
        auto const found = usable(fitting(index_.find(key_of(kStreet, street))));
        if (found.empty())
            return std::nullopt;
        auto const* const one = one_of(found, kSameStreet);
        if (one == nullptr)
            return ambiguous(
                found, fmt::format("{} streets called {}", found.size(), name_of_entry(*found.front())));
        auto const metres = static_cast<double>(one->reach);
        if (metres > kLongestStreet)
            return miss(fmt::format("too_long: {} reaches {:.1f} km, which is no point", name_of_entry(*one),
                                    metres / 1000));
        return at(*one, Precision::street,
                  fmt::format("street: {}, midpoint of {:.0f} m{}", described(*one), metres,
                              address.house_number.empty()
                                  ? ""
                                  : fmt::format("; the number {} is not known", address.house_number)));
    }

    std::optional<Located> ambiguous(Entries const& entries, std::string what)
    {
        for (auto const* const entry : entries)
            if (candidates_.size() < kMostCandidates)
                candidates_.push_back({name_of_entry(*entry), entry->sort, entry->area,
                                       entry->has_point ? std::optional{entry->point} : std::nullopt});
        why_ = "ambiguous: " + std::move(what) + where();
        auto const one_area = std::ranges::all_of(
            entries, [&](Entry const* entry) { return entry->area == entries.front()->area; });
        area_of_candidates_ = one_area ? entries.front()->area : kNoArea;
        return coarse();
    }

    // Remembers why nothing better was found; what is coarser may still be.
    std::optional<Located> miss(std::string why)
    {
        if (why_.empty())
            why_ = std::move(why);
        return std::nullopt;
    }

    [[nodiscard]] Located at(Entry const& entry, Precision precision, std::string how) const
    {
        return {
            PointPlace{.point = entry.point, .precision = precision, .area = entry.area}, std::move(how), {}};
    }

    // The locality, the kommun or the county, with why it is nothing better.
    [[nodiscard]] Located coarse() const
    {
        auto const say = [&](Place const& place, std::string const& how) {
            return Located{place, why_.empty() ? how : why_, candidates_};
        };
        if (auto const area = area_of_locality(); area != kNoArea)
            return say(AreaPlace{.precision = Precision::locality, .area = area},
                       fmt::format("locality: {}", locality_words_));
        auto const area = kommun_ != kNoArea          ? kommun_
                          : locality_area_ != kNoArea ? locality_area_
                                                      : area_of_candidates_;
        if (area != kNoArea && !names_foreign_kommun())
            return say(AreaPlace{.precision = Precision::kommun, .area = area},
                       fmt::format("kommun: {}", areas_[area].name));
        if (!locality_words_.empty())
            return say(AreaPlace{.precision = Precision::lan},
                       fmt::format("unknown: nothing called {}", shortened(locality_words_)));
        return say(AreaPlace{.precision = Precision::lan}, "unknown: the words tell no place");
    }

    [[nodiscard]] bool names_foreign_kommun() const
    {
        auto const kommun = trimmed(words_.kommun);
        return !kommun.empty() && !is_county(kommun) && kommun_ == kNoArea;
    }

    // The one kommun in which such a locality lies. Where kommun and locality have one name, the kommun is
    // meant: the lesser claim.
    [[nodiscard]] AreaId area_of_locality() const
    {
        if (names_foreign_kommun() || locality_area_ != kNoArea)
            return kNoArea;
        auto area = kNoArea;
        for (auto const* const entry : localities_) {
            if (entry->area == kNoArea || (kommun_ != kNoArea && entry->area != kommun_))
                continue;
            if (area != kNoArea && area != entry->area)
                return kNoArea;
            area = entry->area;
        }
        return area;
    }

    [[nodiscard]] std::string where() const
    {
        if (!locality_words_.empty())
            return fmt::format(" in {}", shortened(locality_words_));
        return kommun_ == kNoArea ? std::string{} : fmt::format(" in {}", areas_[kommun_].name);
    }

    [[nodiscard]] std::string name_of_entry(Entry const& entry) const
    {
        auto const house = index_.texts.text(entry.house);
        return fmt::format("{}{}{}", index_.texts.text(entry.name), house.empty() ? "" : " ", house);
    }

    [[nodiscard]] std::string described(Entry const& entry) const
    {
        return fmt::format("{} ({})", name_of_entry(entry), index_.sources[entry.source]);
    }

    Gazetteer::Index const& index_;
    AreaSet const& areas_;
    PlaceWords const& words_;
    AreaId kommun_ = kNoArea;
    std::string locality_, locality_words_;
    AreaId locality_area_ = kNoArea;
    Entries localities_;
    std::vector<PlaceCandidate> candidates_;
    AreaId area_of_candidates_ = kNoArea;
    std::string why_;
};

Located locate(Gazetteer const& gazetteer, PlaceWords const& words)
{
    return Locator{gazetteer, words}.answer();
}

}  // namespace riskbild::importers
