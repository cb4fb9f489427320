BeforeAll {
    . $PSScriptRoot/common.ps1

    # A host that shows progress: what it is told stands in the progress stream.
    class WatchedHost : Management.Automation.Host.PSHost {
        [guid] $Id = [guid]::NewGuid()
        [guid] get_InstanceId() { return $this.Id }
        [string] get_Name() { return 'Visual Studio Code Host' }
        [version] get_Version() { return '1.0' }
        [Management.Automation.Host.PSHostUserInterface] get_UI() { return $null }
        [cultureinfo] get_CurrentCulture() { return [cultureinfo]::InvariantCulture }
        [cultureinfo] get_CurrentUICulture() { return [cultureinfo]::InvariantCulture }
        [void] SetShouldExit([int] $Code) { }
        [void] EnterNestedPrompt() { }
        [void] ExitNestedPrompt() { }
        [void] NotifyBeginApplication() { }
        [void] NotifyEndApplication() { }
    }

    # What somebody in front of such a host would see, line by line.
    function Get-Progress([string] $Script) {
        $runspace = [runspacefactory]::CreateRunspace([WatchedHost]::new())
        $runspace.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        try {
            $null = $shell.AddScript("Import-Module '$ModulePath'; $Script").Invoke()
            $shell.Streams.Progress
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}

AfterAll {
    Clear-Test
}

Describe 'Progress' {
    It 'shows a single slow call after a second, and takes it away' {
        Connect-TestSandbox @{ LatencyMs = 2500 }
        $seen = @(Get-Progress "Invoke-ChatCompletion 'a'")
        $seen[0].Activity | Should -Be 'Invoke-ChatCompletion'
        $seen[0].StatusDescription | Should -Match '^1 under way for [12] s$'
        $seen[-1].RecordType | Should -Be 'Completed'
        $seen.Count | Should -BeIn (3..12)
    }

    It 'shows how far tasks are that are waited for, by what the service tells' {
        Connect-TestSandbox
        $seen = @(Get-Progress "'a hen', 'a [slow] fox' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration -TimeoutSec 4")
        $shown = @($seen | Where-Object Activity -EQ 'Wait-ChatGeneration')
        $shown[0].StatusDescription | Should -Match '^1 of 2 done; mj\d+ (37|80) %$'
        $shown[0].PercentComplete | Should -BeIn 68, 90
        $shown[-1].RecordType | Should -Be 'Completed'
    }

    It 'shows it of a command that asks for one thing' {
        Connect-TestSandbox @{ LatencyMs = 2000 }
        @(Get-Progress 'Get-ChatModel')[0].Activity | Should -Be 'Get-ChatModel'
    }

    It 'shows of many what is under way before the first has come' {
        Connect-TestSandbox @{ LatencyMs = 2000 }
        @(Get-Progress "[string[]](1..20) | Invoke-ChatCompletion -ThrottleLimit 4")[0].StatusDescription | Should -Match '^4 under way for [12] s$'
    }

    It 'tells a wait after 429, how long it is, and what for' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 429; RetryAfterSec = 3; Times = 1 } } @{ MaxRetry = 2 }
        @(Get-Progress "Invoke-ChatCompletion 'a'")[0].StatusDescription | Should -Match '^1 under way for [12] s, 1 waiting [1-3] s more: 429; the service allows no more requests until then$'
    }

    It 'tells a wait for the pace' {
        Connect-TestSandbox -Connection @{ RequestsPerMinute = 20 }
        @(Get-Progress "[string[]](1..3) | Invoke-ChatCompletion")[0].StatusDescription | Should -Match '^1 done, 0 failed, 2 under way, [\d.]+ a second, 2 waiting [1-3] s more: -RequestsPerMinute is 20$'
    }

    It 'tells a wait for the budget' {
        Connect-TestSandbox @{ LatencyMs = 1500 }
        @(Get-Progress "[string[]](1..3) | Invoke-ChatCompletion -MaxTotalToken 10000")[0].StatusDescription | Should -Match '^3 under way for [12] s, 2 waiting: the budget has no room before a request under way has ended$'
    }

    It 'shows it in a job' {
        Connect-TestSandbox @{ LatencyMs = 2000 }
        $job = 'a', 'b' | Invoke-ChatCompletion -AsJob
        $null = $job | Wait-Job
        $job.Progress[0].StatusDescription | Should -Match '^2 under way for [12] s$'
        $job | Remove-Job
    }

    It 'shows none of <_>' -ForEach @(
        "`$ProgressPreference = 'SilentlyContinue'; Invoke-ChatCompletion 'a'"
        "'a' | Test-ChatModeration -Quiet"
    ) {
        Connect-TestSandbox @{ LatencyMs = 1500 }
        @(Get-Progress $_) | Should -BeNullOrEmpty
    }

    It 'shows none of a quick call' {
        Connect-TestSandbox
        @(Get-Progress "Invoke-ChatCompletion 'a'") | Should -BeNullOrEmpty
    }
}
