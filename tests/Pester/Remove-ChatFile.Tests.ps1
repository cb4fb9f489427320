BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Remove-ChatFile' {
    BeforeEach {
        Connect-TestSandbox
        'one', 'two' | ForEach-Object { Set-Content (Join-Path $TestDrive "$_.txt") $_ }
        $one, $two = 'one', 'two' | ForEach-Object { Join-Path $TestDrive "$_.txt" } | Add-ChatFile
    }

    It 'deletes by id, and emits nothing' {
        Remove-ChatFile $one.Id | Should -BeNullOrEmpty
        (Get-ChatFile).Id | Should -Be $two.Id
    }

    It 'deletes what is piped' {
        Get-ChatFile | Remove-ChatFile
        Get-ChatFile | Should -BeNullOrEmpty
    }

    It 'deletes nothing with -WhatIf' {
        Get-ChatFile | Remove-ChatFile -WhatIf
        @(Get-ChatFile) | Should -HaveCount 2
    }

    It 'says of an unknown id what is wrong, and goes on' {
        'file-none', $one.Id | Remove-ChatFile -ErrorAction SilentlyContinue -ErrorVariable e
        $e | Should -HaveCount 1
        $e[0].TargetObject | Should -Be 'file-none'
        (Get-ChatFile).Id | Should -Be $two.Id
    }
}
