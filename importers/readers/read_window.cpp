#include "importers/readers/read_window.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include <fmt/format.h>

namespace riskbild::importers {
namespace {

constexpr std::size_t kStep = std::size_t{64} << 10;

}  // namespace

Result<void> ReadWindow::open()
{
    while (view().size() < 4096) {
        auto const got = more();
        if (!got)
            return Failure{got.error()};
        if (!*got)
            break;
    }
    auto const head = view().substr(0, 4096);
    auto const& name = source_->name();
    if (head.starts_with("\xef\xbb\xbf"))
        consume(3);
    else if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff"))
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: is UTF-16, expected UTF-8 or Windows-1252", name));
    else if (head.starts_with("PK\x03\x04"))
        return fail(ErrorCode::unreadable, fmt::format("{}: is a ZIP or Excel file, expected text", name));
    else if (head.find('\0') != std::string_view::npos)
        return fail(ErrorCode::unreadable, fmt::format("{}: is binary data, expected text", name));
    return {};
}

Result<bool> ReadWindow::more()
{
    auto const held = end_ - begin_;
    assert(!full());
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, held);
        begin_ = 0;
        end_ = held;
    }
    auto const room = std::min(kRecordLimit, std::max(kStep, held * 2));
    if (buffer_.size() < room)
        buffer_.resize(room);
    auto const got = source_->read({buffer_.data() + end_, buffer_.size() - end_});
    if (!got)
        return Failure{got.error()};
    end_ += *got;
    return *got > 0;
}

}  // namespace riskbild::importers
