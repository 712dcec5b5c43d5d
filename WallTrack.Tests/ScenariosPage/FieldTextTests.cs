using WallTrack.Dashboard.Scenarios;
using WallTrack.Scenarios;

namespace WallTrack.Tests.ScenariosPage;

public sealed class FieldTextTests
{
    [Theory]
    [InlineData(FieldUnit.Fraction, 0.33, "33")]
    [InlineData(FieldUnit.Fraction, 0.335, "33.5")]
    [InlineData(FieldUnit.Fraction, 0.07, "7")] // 0.07 · 100 is 7.000000000000001
    [InlineData(FieldUnit.Fraction, 1.0, "100")]
    [InlineData(FieldUnit.Fraction, 0.00001, "0.001")]
    [InlineData(FieldUnit.Multiple, 2.0, "2")]
    [InlineData(FieldUnit.Sol, 0.1, "0.1")]
    [InlineData(FieldUnit.Count, 5.0, "5")]
    public void A_form_shows_fractions_in_percent_and_the_rest_as_it_is(FieldUnit unit, double value, string text) => Assert.Equal(text, FieldText.Of(unit, value));

    [Theory]
    [InlineData(FieldUnit.Fraction)]
    [InlineData(FieldUnit.Sol)]
    public void Every_bit_comes_back(FieldUnit unit)
    {
        var random = new Random(11);
        var values = Enumerable.Range(0, 50_000).Select(_ => random.NextDouble() * Math.Pow(10, random.Next(-20, 3)))
            .Concat(Enumerable.Range(0, 10_001).Select(percent => percent / 10_000.0))
            .Concat([double.Epsilon, double.MaxValue / 1000, 1e-300, 0, Math.BitDecrement(1.0), Math.BitIncrement(1.0)]);

        Assert.All(values, value =>
        {
            Assert.True(FieldText.TryParse(unit, FieldText.Of(unit, value), out var read));
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read));
        });
    }

    [Theory]
    [InlineData("50", 0.5)]
    [InlineData(" 50 % ", 0.5)]
    [InlineData("5e1", 0.5)]
    [InlineData("-7", -0.07)]
    [InlineData("0e99999999999999", 0.0)]
    [InlineData("1e999", double.PositiveInfinity)]
    public void A_percentage_may_be_typed_in_many_ways(string text, double fraction)
    {
        Assert.True(FieldText.TryParse(FieldUnit.Fraction, text, out var read));
        Assert.Equal(fraction, read);
    }

    [Theory]
    [InlineData("2×")]
    [InlineData("2 ×")]
    [InlineData("2")]
    public void A_unit_behind_the_number_does_no_harm(string text)
    {
        Assert.True(FieldText.TryParse(FieldUnit.Multiple, text, out var read));
        Assert.Equal(2, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("0,5")]
    [InlineData("%")]
    [InlineData("1 2")]
    [InlineData("50 SOL")]
    public void What_is_no_number_is_not_read_as_one(string text) => Assert.False(FieldText.TryParse(FieldUnit.Fraction, text, out _));

    [Theory]
    [InlineData(FieldUnit.Fraction, 0.5, "50 %")]
    [InlineData(FieldUnit.Fraction, 1.0 / 3, "33.33 %")]
    [InlineData(FieldUnit.Multiple, 2.5, "2.5×")]
    [InlineData(FieldUnit.Hours, 24.0, "24 h")]
    [InlineData(FieldUnit.None, 0.7, "0.7")]
    [InlineData(FieldUnit.Usd, 1.0 / 3, "0.3333 USD")]
    public void To_be_read_a_number_is_short_and_has_its_unit(FieldUnit unit, double value, string text) => Assert.Equal(text, FieldText.WithUnit(unit, value));

    [Fact]
    public void None_is_a_word() => Assert.Equal("none", FieldText.WithUnit(FieldUnit.Hours, null));
}
