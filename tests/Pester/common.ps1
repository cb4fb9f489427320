# Dot-sourced in BeforeAll of every file: the module under test, and what most tests need.

$ModulePath = if ($env:CHATPS_MODULE) { $env:CHATPS_MODULE } else { Join-Path $PSScriptRoot '../../artifacts/module/ChatPS' }
$ModulePath = (Resolve-Path $ModulePath).ProviderPath
$RepositoryRoot = (Resolve-Path (Join-Path $PSScriptRoot '../..')).ProviderPath
. (Join-Path $RepositoryRoot 'eng/powershell.ps1')

if (-not (Get-Module ChatPS)) {
    Import-Module $ModulePath
}

# A key or an address of the person who runs the tests must not take part in them.
$SavedEnvironment = @{}
foreach ($variable in 'OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL') {
    $SavedEnvironment[$variable] = [Environment]::GetEnvironmentVariable($variable)
    [Environment]::SetEnvironmentVariable($variable, $null)
}

# Nor must what that person has configured.
$SavedEnvironment['CHATPS_CONFIG'] = $env:CHATPS_CONFIG
$env:CHATPS_CONFIG = Join-Path ([IO.Path]::GetTempPath()) "chatps-tests-$PID"

# Called in AfterAll of every file.
function Clear-Test {
    Stop-ChatSandbox
    Disconnect-ChatService *
    Remove-Item -LiteralPath (Join-Path ([IO.Path]::GetTempPath()) "chatps-tests-$PID") -Recurse -ErrorAction Ignore
    foreach ($variable in $SavedEnvironment.Keys) {
        [Environment]::SetEnvironmentVariable($variable, $SavedEnvironment[$variable])
    }
}

# Starts the sandbox 'Test' afresh, with nothing recorded, and makes it the default connection.
function Connect-TestSandbox([hashtable] $Sandbox = @{}, [hashtable] $Connection = @{}) {
    $running = Start-ChatSandbox -Name Test @Sandbox
    $settings = @{ Name = 'Test'; Model = 'sandbox-mini'; MaxRetry = 0; TimeoutSec = 30 }
    foreach ($name in $Connection.Keys) {
        $settings[$name] = $Connection[$name]
    }

    Connect-ChatService $running.BaseUri @settings
}

function Get-TestRequest {
    Get-ChatSandboxRequest -Name Test
}

# The JSON of the last request, as an object.
function Get-TestBody {
    (Get-ChatSandboxRequest -Name Test -Last 1).Body | ConvertFrom-Json
}

# A member of the last request, as compact JSON. '' where it was not sent.
function Get-TestMember([string] $Path) {
    $value = Get-TestBody
    foreach ($name in $Path -split '\.') {
        if ($value.psobject.Properties.Name -notcontains $name) {
            return ''
        }

        $value = $value.$name
    }

    ConvertTo-Json -InputObject $value -Compress -Depth 20
}

# The error records that a script block leaves, whether they end it or not.
function Get-Failure([scriptblock] $Script) {
    $ErrorActionPreference = 'Continue'
    try {
        & $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] }
    }
    catch {
        $_
    }
}

# What a user reads of a failure. PowerShell before 7.5 does not show the recommendation, so it is part of the message there.
function Get-Advice($Failure) {
    "$Failure $($Failure.ErrorDetails.RecommendedAction)"
}

# Waits for what no signal tells.
function Wait-Until([scriptblock] $Condition, [double] $TimeoutSec = 10) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($watch.Elapsed.TotalSeconds -gt $TimeoutSec) {
            throw "Not reached within $TimeoutSec s: $Condition"
        }

        Start-Sleep -Milliseconds 10
    }
}

# All that a job gives, and the job gone. Receive-Job -Wait -AutoRemoveJob removes a job twice, and says so, if it ends just while its first results are read.
function Receive-EndedJob {
    [CmdletBinding()]
    param([Parameter(ValueFromPipeline)] [Management.Automation.Job] $Job)

    process {
        $Job | Wait-Job | Receive-Job -Wait -AutoRemoveJob
    }
}

# Runs a script block in a PowerShell process of its own and gives back what it emits. It must not leave an error.
function Invoke-Child([scriptblock] $Script, [object[]] $ArgumentList = @()) {
    $ErrorActionPreference = 'Continue'
    $output = @(Invoke-PowerShell -NoProfile -NonInteractive -Command $Script -args $ArgumentList 2>&1)
    $failures = @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    if ($failures) {
        throw "The child says: $($failures -join "`n")"
    }

    $output
}

# A PowerShell with a runspace of its own in this process, the module imported.
function New-TestShell {
    $shell = [powershell]::Create()
    $null = $shell.AddScript('param($Path) Import-Module $Path').AddArgument($ModulePath).Invoke()
    $shell.Commands.Clear()
    $shell
}

# The smallest files that are what they seem.
function New-TestFile([string] $Path, [string] $Kind) {
    $bytes = switch ($Kind) {
        'png' { [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==') }
        'wav' { [byte[]] [char[]] "RIFF`0`0`0`0WAVEfmt " }
        'mp3' { [byte[]] [char[]] "ID3`0`0`0`0`0" }
        'pdf' { [byte[]] [char[]] "%PDF-1.4`n" }
        'binary' { [byte[]] (0, 1, 2, 254, 255, 0) }
    }

    [IO.File]::WriteAllBytes($Path, $bytes)
    Get-Item $Path
}
