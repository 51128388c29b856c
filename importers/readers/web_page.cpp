#include "importers/readers/web_page.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

// Behind a mark of UTF-8, declarations of XML and comments.
std::string_view first_element(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    while (true) {
        text = trimmed(text);
        auto const ending = text.starts_with("<?") ? "?>" : text.starts_with("<!--") ? "-->" : "";
        auto const end = *ending == '\0' ? std::string_view::npos : text.find(ending);
        if (end == std::string_view::npos)
            return text;
        text.remove_prefix(std::min(end + std::string_view{ending}.size(), text.size()));
    }
}

bool is_web_page(std::string_view lower)
{
    constexpr std::array<std::string_view, 5> kBeginnings{"<!doctype html", "<html>", "<html ", "<head>",
                                                          "<body"};
    return std::ranges::any_of(kBeginnings, [&](auto beginning) { return lower.starts_with(beginning); });
}

std::string title_in(std::string_view page)
{
    auto const lower = lower_case(page);
    auto const from = lower.find("<title>");
    auto const to = lower.find("</title>");
    if (lower.size() != page.size() || from == std::string::npos || to == std::string::npos || to < from)
        return {};
    auto const begin = from + std::string_view{"<title>"}.size();
    return shortened(trimmed(page.substr(begin, to - begin)));
}

}  // namespace

Result<void> refuse_web_page(std::string_view beginning, std::string_view file_name)
{
    auto const page = first_element(beginning.substr(0, kWebPageBeginning));
    if (!page.starts_with('<') || !is_web_page(lower_case(page)))
        return {};
    auto const title = title_in(page);
    return fail(ErrorCode::unreadable,
                fmt::format("{}: is a web page{}, not the data; the server may have answered with an error "
                            "page, or a program saved HTML under another name: fetch it again, or save it as "
                            "CSV or XLSX",
                            file_name, title.empty() ? "" : fmt::format(" (\"{}\")", title)));
}

Result<void> refuse_web_page_at(std::string const& path)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return {};
    std::string beginning(kWebPageBeginning, '\0');
    std::ifstream file{path, std::ios::binary};
    file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return refuse_web_page(beginning, std::filesystem::path{path}.filename().string());
}

}  // namespace riskbild::importers
