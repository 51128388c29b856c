#include "geo_core/store/place_label.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace riskbild {
namespace {

/// What one source says of an incident's place.
Voice saying(Precision precision, std::string place_text)
{
    Voice voice;
    voice.precision = precision;
    voice.place_text = std::move(place_text);
    return voice;
}

Result<std::string> label_of(std::vector<Result<IncidentDetails>> const& found, std::size_t& asked)
{
    std::vector<IncidentId> ids;
    for (std::size_t i = 0; i < found.size(); ++i) {
        ids.emplace_back(static_cast<std::int64_t>(i));
    }
    asked = 0;
    return place_label(ids, [&](IncidentId id) {
        ++asked;
        return found[static_cast<std::size_t>(id.value())];
    });
}

TEST(PlaceLabel, IsTheFirstAddressThatASourceKnowsToAPoint)
{
    std::size_t asked = 0;
    auto const label =
        label_of({IncidentDetails{{}, {saying(Precision::kommun, "Uppsala"), saying(Precision::exact, "")}},
                  IncidentDetails{{}, {saying(Precision::address, "Storgatan 1")}},
                  IncidentDetails{{}, {saying(Precision::address, "Storgatan 2")}}},
                 asked);
    EXPECT_EQ(label, "Storgatan 1");
    EXPECT_EQ(asked, 2U);
}

TEST(PlaceLabel, PassesOverWhatMayNotBeSeenAndWhatIsGone)
{
    std::size_t asked = 0;
    EXPECT_EQ(label_of({fail(ErrorCode::forbidden, "not for you"), fail(ErrorCode::not_found, "gone"),
                        IncidentDetails{{}, {saying(Precision::street, "Storgatan")}}},
                       asked),
              "Storgatan");
}

TEST(PlaceLabel, IsNoEmptyTextWhereTheStoreCannotBeRead)
{
    std::size_t asked = 0;
    auto const label = label_of({fail(ErrorCode::damaged, "a page is torn")}, asked);
    ASSERT_FALSE(label);
    EXPECT_EQ(label.error().code, ErrorCode::damaged);
}

TEST(PlaceLabel, AsksAFewIncidentsOfABusyPlaceOnly)
{
    std::size_t asked = 0;
    std::vector<Result<IncidentDetails>> const many(50, IncidentDetails{});
    EXPECT_EQ(label_of(many, asked), "");
    EXPECT_EQ(asked, 3U);
}

}  // namespace
}  // namespace riskbild
