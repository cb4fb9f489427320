BeforeAll {
    . $PSScriptRoot/common.ps1

    # What a runbook does that is killed: it begins a batch, waits for it, and receives it. What it was given goes to a file at once.
    $script = Join-Path $TestDrive 'run.ps1'
    Set-Content $script @'
param($Module, $Uri, $Dialect, $Path, $Emitted, $Items, $PartLimit)
Import-Module $Module
Connect-ChatService $Uri -Name Test -Dialect $Dialect -Model sandbox-mini -ApiKey sk-test-kill -MaxRetry 0
$file = [IO.StreamWriter]::new($Emitted, $true)
$file.AutoFlush = $true
[string[]](1..$Items) | Start-ChatBatch -Path $Path -PartLimit $PartLimit | Wait-ChatBatch | Receive-ChatBatch | ForEach-Object { $file.WriteLine("$($_.Index)`t$($_.Input)`t$($_.Text)") }
$file.Dispose()
'@

    function Start-Run {
        $start = New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', $script, $ModulePath, $uri, $dialect, $path, $emitted, $items, $partLimit
        $start.RedirectStandardError = $true
        $start.RedirectStandardOutput = $true
        [Diagnostics.Process]::Start($start)
    }

    # Lets a run go on until something is so, and kills it.
    function Stop-Run([scriptblock] $When) {
        $run = Start-Run
        try {
            Wait-Until { (& $When) -or $run.HasExited } -TimeoutSec 60
            $killed = -not $run.HasExited
            $run.Kill()
            $run.WaitForExit()
            $killed
        }
        finally {
            $run.Dispose()
        }
    }

    function Read-State { if (Test-Path $path) { [IO.File]::ReadAllText($path) | ConvertFrom-Json } }

    function Get-Asked([string] $Method, [string] $Path) { @(Get-TestRequest | Where-Object { $_.Method -eq $Method -and $_.Path -match $Path }).Count }
}

AfterAll {
    Clear-Test
}

Describe 'A batch whose process is killed' {
    It 'in each phase loses nothing, and sends nothing twice: <Dialect>' -ForEach @(
        @{ Dialect = 'OpenAI'; Results = '/content$' }
        @{ Dialect = 'Anthropic'; Results = '/results$' }
    ) {
        $items = 300
        $partLimit = 70
        $parts = 5
        Connect-TestSandbox @{ LatencyMs = 5 }
        $uri = (Get-ChatConnection Test).BaseUri
        $path = Join-Path $TestDrive "$dialect.json"
        $emitted = Join-Path $TestDrive "$dialect.txt"
        $phases = [ordered]@{
            writing   = { (Test-Path (Join-Path $TestDrive "$dialect.json.data/*/part-0002.jsonl")) -and -not (Read-State).isWritten }
            uploading = { (Get-Asked POST '/files$') -or (Read-State).isWritten }
            starting  = { Get-Asked POST '/batches$' }
            waiting   = { Get-Asked GET '/batches/' }
            fetching  = { Get-Asked GET $results }
            receiving = { (Test-Path $emitted) -and [IO.File]::ReadAllLines($emitted).Count -gt 0 }
        }
        $killed = foreach ($phase in $phases.Keys) {
            if (Stop-Run $phases[$phase]) { $phase }
        }

        $killed.Count | Should -BeGreaterThan 3 -Because 'most kills hit a run at work'
        $given = if (Test-Path $emitted) { [IO.File]::ReadAllLines($emitted); Remove-Item $emitted }
        $run = Start-Run
        $problems = $run.StandardError.ReadToEnd()
        $run.WaitForExit()
        $problems | Should -BeNullOrEmpty
        $final = [IO.File]::ReadAllLines($emitted)
        ($final | ForEach-Object { ($_ -split "`t")[1] }) -join ' ' | Should -BeExactly (1..$items -join ' ')
        ($given | Where-Object { $_ -cnotin $final }) | Should -BeNullOrEmpty -Because 'what was given once stays'

        # Every part has one job at the service, and no request is in two of them.
        $state = Read-State
        $state.parts.Count | Should -Be $parts
        @($state.parts.jobId | Select-Object -Unique).Count | Should -Be $parts
        Get-Asked POST '/batches$' | Should -Be $parts -Because 'a start whose answer is lost is found again, and not sent again'
    }
}
