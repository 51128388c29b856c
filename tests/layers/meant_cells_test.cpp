#include "layers/meant_cells.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;

constexpr std::size_t kMost = 1'000'000;

MeantCells meant(View const& view, std::string_view filter = "", double cell = 1000.0)
{
    auto const parsed = parse_filter(filter).value();
    return meant_cells(view, parsed, view.select_points(parsed)->rows, Metres{cell}, kMost).value();
}

TEST(MeantCells, AreTheCountysAndThoseWithAnIncident)
{
    EXPECT_EQ(meant(made_up_view({})).cells.size(), 400U);
    auto const beside = meant(made_up_view({{.east = -50, .north = 10}}));
    EXPECT_EQ(beside.cells.size(), 401U);
    EXPECT_TRUE(std::ranges::is_sorted(beside.cells));
}

TEST(MeantCells, OfSomeAreasLeaveOutTheOthers)
{
    auto const view = made_up_view({{.east = 15'500, .north = 500}});
    EXPECT_EQ(meant(view, "areas=01").cells.size(), 100U);
    EXPECT_EQ(meant(view, "areas=01,04").cells.size(), 200U);
    Area const area{.code = "0380"};
    EXPECT_TRUE(means_area({}, area));
    EXPECT_TRUE(means_area(parse_filter("areas=0305,0380").value(), area));
    EXPECT_FALSE(means_area(parse_filter("areas=0305").value(), area));
}

TEST(MeantCells, CountThePointsOfAnyRows)
{
    auto const view = made_up_view({{.east = 10, .north = 10},
                                    {.east = 20, .north = 20},
                                    {.east = 1500, .north = 10},
                                    {.east = 1500, .north = 10, .kind = "damage"}});
    auto const cells = meant(view);
    auto const counts = count_in(cells, view, view.select_points(parse_filter("kinds=theft").value())->rows);
    EXPECT_EQ(counts[0], 2U);
    EXPECT_EQ(counts[1], 1U);
    EXPECT_EQ(std::ranges::count(counts, 0U), 398);
    auto const all = view.select_points({})->rows;
    EXPECT_EQ(rows_in_cell(cells.lattice, cells.cells[0], view, all).size(), 2U);
    EXPECT_EQ(rows_in_cell(cells.lattice, cells.cells[1], view, all).size(), 2U);
}

TEST(MeantCells, SayWhichCellFits)
{
    auto const view = made_up_view({});
    auto const refused = meant_cells(view, {}, {}, Metres{50}, 10'000);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::too_large);
    EXPECT_EQ(refused.error().field, "cell");
    auto const at = refused.error().message.find("cells of ");
    auto const fits = std::stod(refused.error().message.substr(at + 9));
    EXPECT_TRUE(meant_cells(view, {}, {}, Metres{fits}, 10'000));
    EXPECT_LT(fits, 230.0);
}

TEST(MeantCells, HaveACodeAndAShape)
{
    auto const cells = meant(made_up_view({}));
    EXPECT_EQ(cell_code(cells.lattice, 22), "641000_6631000") << "the lattice is one wider than the county";
    EXPECT_EQ(square_metres(cell_shape(cells.lattice, 22)), 1e6);
    EXPECT_EQ(cell_shape(cells.lattice, 22)[0].outer[0], (MapPoint{641'000, 6'631'000}));
}

}  // namespace
}  // namespace riskbild::layers
