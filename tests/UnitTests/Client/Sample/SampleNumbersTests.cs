using EcmrGateway.Client.Sample;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Sample;

public sealed class SampleNumbersTests
{
    [Theory]
    [InlineData("CSQU305438", 3)]
    [InlineData("TOLU473478", 7)]
    [InlineData("HLXU200841", 9)]
    [InlineData("MSCU663987", 0)]
    [InlineData("MSKU123456", 5)]
    [InlineData("APZU487154", 10)]
    [InlineData("ZEPU003725", 5)]
    public void Remainder_of_a_container_number_is_that_of_the_standard(string stem, int remainder) =>
        Assert.Equal(remainder, SampleNumbers.ContainerRemainder(stem));

    [Fact]
    public void Containers_have_right_check_digits()
    {
        var random = new SampleRandom(7);
        for (var i = 0; i < 1000; i++)
        {
            var id = SampleNumbers.Container(ref random);
            Assert.Equal(SampleNumbers.ContainerRemainder(id), id[10] - '0');
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(12_340, "12.34")]
    [InlineData(5, "0.005")]
    [InlineData(7000, "7")]
    public void Thousandths_are_written_without_trailing_zeros(long milli, string text) =>
        Assert.Equal(text, SampleNumbers.Milli(milli));
}
