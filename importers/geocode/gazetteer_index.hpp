#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "geo_core/figure_table.hpp"
#include "importers/geocode/gazetteer.hpp"

namespace riskbild::importers {

/// A named place, as little of it as finding needs.
struct GazetteerEntry {
    MapPoint point;
    float reach = 0;          // of a street its extent, of an urban area its radius; metres
    std::uint32_t name = 0;   // texts by number
    std::uint32_t house = 0;  // as written
    std::uint32_t locality = 0;
    AreaId area = kNoArea;
    PlaceSort sort = PlaceSort::address;
    std::uint8_t source = 0;
    bool has_point = false;
    bool is_doubtful = false;
};

/// Texts, each once, by number; 0 is the empty one.
class Texts {
public:
    Texts() { number_of(""); }
    std::uint32_t number_of(std::string_view text)
    {
        auto const [known, is_new] =
            numbers_.try_emplace(std::string{text}, static_cast<std::uint32_t>(begins_.size()));
        if (is_new) {
            begins_.push_back(static_cast<std::uint32_t>(all_.size()));
            all_ += text;
        }
        return known->second;
    }
    [[nodiscard]] std::string_view text(std::uint32_t number) const
    {
        auto const begin = begins_[number];
        auto const end = number + 1 < begins_.size() ? begins_[number + 1] : all_.size();
        return std::string_view{all_}.substr(begin, end - begin);
    }
    /// No more texts: forgets what only adding needs.
    void close()
    {
        numbers_ = {};
        all_.shrink_to_fit();
        begins_.shrink_to_fit();
    }
    [[nodiscard]] std::size_t bytes() const { return all_.capacity() + begins_.capacity() * 4; }

private:
    std::string all_;
    std::vector<std::uint32_t> begins_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

/// What an entry is found by: a letter for the sort of words, and the words in their normal form. 64 bits of
/// hash stand for them; among a million the odds that two share one are one in thirty million.
using Key = std::uint64_t;

[[nodiscard]] Key key_of(char sort, std::string_view words, std::string_view more = {});

constexpr char kAddress = 'a', kStreet = 's', kName = 'n', kStop = 't', kStopId = 'i';

/// Metres.
[[nodiscard]] double distance(MapPoint a, MapPoint b);

/// All entries by what they are called.
struct Gazetteer::Index {
    using Entry = GazetteerEntry;

    std::shared_ptr<County const> county;
    std::vector<Entry> entries;
    std::vector<std::pair<Key, std::uint32_t>> keys;  // sorted
    Texts texts;
    std::vector<std::string> sources;

    void add(NamedPlace const& place);
    void add_urban_area(FigureRow const& row);
    void close();

    [[nodiscard]] std::vector<Entry const*> find(Key key) const
    {
        std::vector<Entry const*> found;
        for (auto at = std::ranges::lower_bound(keys, key, {}, [](auto const& pair) { return pair.first; });
             at != keys.end() && at->first == key; ++at)
            found.push_back(&entries[at->second]);
        return found;
    }

private:
    void index(Key key) { keys.emplace_back(key, static_cast<std::uint32_t>(entries.size() - 1)); }
    std::uint8_t source_number(std::string const& source);
};

}  // namespace riskbild::importers
