namespace ChatPS.ModuleBuilder.Tests;

public class CmdletReaderTests
{
    private static ParameterDeclaration Parameter(string name) => Samples.Cmdlet.Parameters.Single(parameter => parameter.Name == name);

    [Fact]
    public void Read_Cmdlet_KnowsNameDefaultSetAndOutput()
    {
        Assert.Equal("Test-Sample", Samples.Cmdlet.Name);
        Assert.Equal("ByName", Samples.Cmdlet.DefaultParameterSet);
        Assert.True(Samples.Cmdlet.SupportsShouldProcess);
        Assert.Equal(["System.String", "System.Version", "Sample.Answer"], Samples.Cmdlet.OutputTypes);
    }

    [Fact]
    public void Read_TypeThatIsNoCmdlet_IsLeftOut()
    {
        Assert.Empty(CmdletReader.Read([typeof(CmdletReaderTests)]));
    }

    [Fact]
    public void Read_Properties_OnlyShownParametersRemain()
    {
        Assert.Equal(["Name", "Id", "Effort", "Day", "Body", "Quiet"], Samples.Cmdlet.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Read_ParameterOfOneSet_KnowsItsPlaceThere()
    {
        var name = Parameter("Name");

        Assert.Equal(
            new ParameterSetMembership("ByName") { Mandatory = true, Position = 0, FromPipeline = true, FromPipelineByPropertyName = true },
            Assert.Single(name.Sets));
        Assert.Null(name.In("ById"));
        Assert.Equal(["n", "Title"], name.Aliases);
        Assert.True(name.AcceptsWildcards);
    }

    [Fact]
    public void Read_ParameterOfAllSets_IsInEach()
    {
        Assert.NotNull(Parameter("Effort").In("ById"));
        Assert.Null(Parameter("Effort").In("ById")!.Position);
    }

    [Theory]
    [InlineData("Name", "String[]")]
    [InlineData("Id", "Int32")]
    [InlineData("Day", "DayOfWeek")]
    [InlineData("Body", "IDictionary<String, Object>")]
    [InlineData("Quiet", "SwitchParameter")]
    public void Read_ParameterType_IsNamedAsPowerShellDoes(string parameter, string expected)
    {
        Assert.Equal(expected, Parameter(parameter).TypeName);
    }

    [Fact]
    public void Read_LimitedValues_ComeFromTheSetOrTheEnumeration()
    {
        Assert.Equal(["low", "high"], Parameter("Effort").Values);
        Assert.Contains("Friday", Parameter("Day").Values);
        Assert.Empty(Parameter("Id").Values);
        Assert.Equal("low, or what the connection says", Parameter("Effort").DefaultValue);
    }
}
