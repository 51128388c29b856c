// The county's police events that tell of one event under two ids, and near misses, labelled by hand from the
// real file by reading both texts. Skipped where the file is not.

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo_core/store/store.hpp"
#include "geo_core/view.hpp"
#include "importers/import.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

using Ids = std::pair<char const*, char const*>;

// All that a reading of every two events of one kommun within an hour, of one type within three, and of
// similar words within four days found. Most were written again hours later, word for word or shorter.
constexpr Ids kSameEvent[] = {
    {"426105", "426134"}, {"428866", "428925"}, {"438905", "438906"}, {"462150", "462182"},
    {"477620", "477642"}, {"527294", "527316"}, {"557294", "557321"}, {"565609", "565630"},
    {"570249", "570250"}, {"579288", "579325"}, {"609877", "609922"}, {"619464", "619467"},
    {"619609", "619630"}, {"619610", "619629"}, {"634108", "634182"}, {"640832", "640833"},
};

// Of one kommun, near in time, of a like kind or in the same words, and yet two events.
constexpr Ids kTwoEvents[] = {
    {"411252", "411254"}, {"413891", "413913"}, {"425112", "425120"}, {"430717", "430993"},
    {"431826", "431828"}, {"437626", "437632"}, {"440218", "440235"}, {"441847", "441859"},
    {"462661", "462683"}, {"462820", "462824"}, {"505637", "505638"}, {"508281", "509409"},
    {"521166", "521167"}, {"530655", "530662"}, {"541984", "542003"}, {"546978", "546979"},
    {"550708", "550712"}, {"556029", "556034"}, {"576421", "576422"}, {"577846", "577850"},
    {"578001", "578020"}, {"582752", "582756"}, {"585986", "586041"}, {"592102", "592110"},
    {"595716", "595718"}, {"608105", "608135"}, {"610502", "610509"}, {"612555", "612676"},
    {"620850", "620880"}, {"635474", "635577"},
};

TEST(PoliceLinkage, JoinsTheEventsThatAreOneAndNoOthers)
{
    auto const file = shared_data() / "police" / "uppsala_lan_latest.json";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real police events";
    TemporaryFolder const folder;
    auto store = *create_store(folder.path() / "county.gpkg", *load_profile("uppsala"));
    ASSERT_TRUE(import_files(*store, {.source = "police", .files = {file.string()}}).has_value());

    View const view(*store->snapshot(), Role::analyst);
    std::map<std::string, IncidentId> incident_of;
    std::size_t joined = 0;
    for (auto const id : view.without_point().id) {
        auto const details = *store->details(view, IncidentId{id});
        joined += details.voices.size() - 1;
        for (auto const& voice : details.voices)
            incident_of[voice.key.source_id] = details.incident.id;
    }
    std::vector<std::string> missed;
    for (auto const& [a, b] : kSameEvent)
        if (incident_of.at(a) != incident_of.at(b))
            missed.push_back(std::string(a) + " " + b);
    for (auto const& [a, b] : kTwoEvents)
        EXPECT_NE(incident_of.at(a), incident_of.at(b)) << a << " and " << b << " are two events";
    // `Brand på veranda, Mångsbo` and `Brand i byggnad`: one fire, as nothing but the minute tells.
    EXPECT_THAT(missed, testing::ElementsAre("619610 619629"));
    EXPECT_EQ(joined, std::size(kSameEvent) - missed.size()) << "others were joined too";
}

}  // namespace
}  // namespace riskbild::importers
