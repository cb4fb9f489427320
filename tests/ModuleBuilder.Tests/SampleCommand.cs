using System.Management.Automation;

namespace ChatPS.ModuleBuilder.Tests;

/// <summary>A cmdlet with every kind of declaration that the help tells.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Sample", DefaultParameterSetName = "ByName", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(Version))]
[OutputType("Sample.Answer")]
public sealed class SampleCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "ByName")]
    [Alias("n", "Title")]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ById", ValueFromPipelineByPropertyName = true)]
    public int Id { get; set; }

    [Parameter]
    [ValidateSet("low", "high")]
    [PSDefaultValue(Help = "low, or what the connection says")]
    public string? Effort { get; set; }

    [Parameter]
    public DayOfWeek? Day { get; set; }

    [Parameter]
    public IDictionary<string, object>? Body { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter(DontShow = true)]
    public string? Secret { get; set; }

    public string? NotAParameter { get; set; }
}
